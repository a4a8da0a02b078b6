"""Finding a rendering in English text: inflection, spelling, hyphens and word order do not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ntmsum.article import Span

_WORD = re.compile(r"viet[\s-]?nam(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")
_SMALL = frozenset(
    ["a", "an", "the", "of", "for", "on", "in", "and", "to", "at", "with", "by", "from", "as", "its", "their"]
)
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "criteria": "criterion",
    "lives": "life",
    "people": "people",
    "peoples": "people",
    "led": "lead",
    "built": "build",
    "broke": "break",
    "broken": "break",
    "began": "begin",
    "begun": "begin",
    "met": "meet",
    "taught": "teach",
    "centre": "center",
    "centres": "center",
    "programme": "program",
    "programmes": "program",
    "defence": "defense",
    "defences": "defense",
}
_POSSESSIVE = re.compile(r"['’][sS]?$")
# In this order: British spellings, plurals, past and -ing forms, doubled consonants, a silent e.
_ENDINGS = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"(?<=..)our(?=$|s$|ed$|ing$|er|able)", "or"),
        (r"(?<=...)is(?=(?:e|es|ed|ing|ation|ations|er|ers)$)", "iz"),
        (r"(?<=..)ie[sd]$", "y"),
        (r"((?:[sxz]|ch|sh))es$", r"\1"),
        (r"(?<=..)(?<![sui])s$", ""),
        (r"(?<=...)(?:ed|ing)$", ""),
        (r"(?<=..)([bdgmnprt])\1$", r"\1"),
        (r"(?<=...)e$", ""),
    )
)
# How many other words may stand among the words of one rendering ("Chairman of the Kim Bang District
# People's Committee").
_ROOM = 5


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its stem, its span, and the number of its sentence."""

    stem: str
    span: Span
    sentence: int


def stem(word: str) -> str:
    """The word without case, inflection and British spelling; only for comparing with other stems."""
    word = _POSSESSIVE.sub("", word).lower().replace("’", "'")
    if word.replace(" ", "").replace("-", "") == "vietnam":
        return "vietnam"
    for ending in ("women", "men"):
        if word.endswith(ending):
            word = word[: -len(ending)] + _IRREGULAR[ending]
    word = _IRREGULAR.get(word, word)
    for pattern, becomes in _ENDINGS:
        word = pattern.sub(becomes, word)
    return word


# In front of a title or a status these words make another one of it.
_CHANGES_MEANING = frozenset(
    stem(word) for word in ("vice", "deputy", "near", "non", "former", "acting", "assistant", "semi")
)


def split_words(text: str) -> list[Word]:
    """The words of an English text that carry meaning; "the", "of" and their like are left out."""
    ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    words: list[Word] = []
    sentence = 0
    for match in _WORD.finditer(text):
        while sentence < len(ends) and ends[sentence] < match.start():
            sentence += 1
        if match.group().lower() not in _SMALL:
            words.append(Word(stem(match.group()), Span(match.start(), match.end()), sentence))
    return words


def locate(rendering: str, words: Sequence[Word]) -> Span | None:
    """Where a rendering stands among the words of a text: as written, else its words close together.

    Args:
        rendering: the English of a term.
        words: ``split_words`` of the text.
    """
    needed = [word.stem for word in split_words(rendering)]
    if not needed:
        return None
    exact = _run(needed, words)
    if exact is not None or len(needed) == 1:
        return exact
    return _close_together(needed, words)


def _run(needed: list[str], words: Sequence[Word]) -> Span | None:
    size = len(needed)
    for i in range(len(words) - size + 1):
        if words[i].stem != needed[0]:
            continue
        window = words[i : i + size]
        if [w.stem for w in window] == needed and window[0].sentence == window[-1].sentence:
            before = words[i - 1] if i else None
            if not (before and before.sentence == window[0].sentence and _changes(before.stem, needed)):
                return Span(window[0].span.start, window[-1].span.end)
    return None


def _close_together(needed: list[str], words: Sequence[Word]) -> Span | None:
    wanted = set(needed)
    at = [i for i, word in enumerate(words) if word.stem in wanted]
    for place, first in enumerate(at):
        missing = list(needed)
        for i in at[place:]:
            if i - first >= len(needed) + _ROOM or words[i].sentence != words[first].sentence:
                break
            if words[i].stem in missing:
                missing.remove(words[i].stem)
            if not missing:
                window = words[max(0, first - 1) : i + 1]
                if not any(_changes(w.stem, needed) for w in window if w.sentence == words[first].sentence):
                    return Span(words[first].span.start, words[i].span.end)
                break
    return None


def _changes(stemmed: str, needed: list[str]) -> bool:
    return stemmed in _CHANGES_MEANING and stemmed not in needed
