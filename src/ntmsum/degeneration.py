"""Faults of a decoded text that need no reference: loops, copies, the wrong language, a cut-off end."""

from __future__ import annotations

import zlib
from typing import Literal

from ntmsum.words import ngrams, syllables, vietnamese_share

Fault = Literal["empty", "repetition", "copy", "language", "cut"]

# Above this, zlib finds more repetition than prose has; the idea and the value are Whisper's
# (Radford et al. 2022, section 4.5).
MAX_COMPRESSION_RATIO = 2.4


def repeats(text: str) -> bool:
    """True for text that turns in circles: a word group again and again, or a phrase said twice in a row."""
    tokens = syllables(text)
    if any(count >= 3 for count in ngrams(tokens, 4).values()):
        return True
    # "xã Thi Sơn, xã Thi Sơn": the same three tokens or more, twice with nothing between.
    for size in range(3, min(12, len(tokens) // 2) + 1):
        for i in range(len(tokens) - 2 * size + 1):
            if tokens[i : i + size] == tokens[i + size : i + 2 * size]:
                return True
    raw = text.encode()
    return len(raw) > 200 and len(raw) / len(zlib.compress(raw)) > MAX_COMPRESSION_RATIO


def summary_faults(summary: str, first_sentence: str) -> tuple[Fault, ...]:
    """What is wrong with a Vietnamese summary as a text.

    Args:
        summary: the decoded text.
        first_sentence: the article's first body sentence; a summary that is only this has summarized nothing.
    """
    if len(syllables(summary)) < 5:
        return ("empty",)
    faults: list[Fault] = []
    if repeats(summary):
        faults.append("repetition")
    if syllables(summary) == syllables(first_sentence):
        faults.append("copy")
    if vietnamese_share(summary) < 0.25:
        faults.append("language")
    return tuple(faults)


def translation_faults(translation: str, source: str, latin: bool = True) -> tuple[Fault, ...]:
    """What is wrong with a translation as a text.

    Args:
        translation: the decoded text.
        source: the Vietnamese sentence.
        latin: whether it is in Latin script; repetition is not looked for in others, whose words cannot be told.
    """
    if not syllables(translation):
        return ("empty",) if syllables(source) else ()
    faults: list[Fault] = []
    if latin and repeats(translation) and not repeats(source):
        faults.append("repetition")
    words = [w for w in syllables(translation) if not w.isdigit()]
    if len(words) >= 4 and vietnamese_share(translation) > 0.4:
        faults.append("language")
    return tuple(faults)
