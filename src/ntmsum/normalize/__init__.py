"""Anything pasted to an Article: decoding, cleaning, boilerplate, sentences, abbreviations."""

from ntmsum.normalize.abbreviations import expand_abbreviations
from ntmsum.normalize.decode import MAX_BYTES
from ntmsum.normalize.sentences import sentence_texts, split_sentences
from ntmsum.normalize.text import normalize
from ntmsum.normalize.tones import fold, to_tones, tone_old

__all__ = [
    "MAX_BYTES",
    "expand_abbreviations",
    "fold",
    "normalize",
    "sentence_texts",
    "split_sentences",
    "to_tones",
    "tone_old",
]
