"""Inline term hints: source spans marked with the rendering the translation must use.

``<unused5> nông thôn mới <unused6> New Rural Development <unused7>`` inside the source keeps the term and adds its
required rendering. Trained on a share of the examples, the model copies the rendering and inflects the sentence
around it (Dinu et al., ACL 2019: "Training Neural Machine Translation to Apply Terminology Constraints").
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntmsum.training.agreement import CAPITALS

if TYPE_CHECKING:
    from ntmsum.glossary import Glossary

HINT_OPEN, HINT_MIDDLE, HINT_CLOSE = "<unused5>", "<unused6>", "<unused7>"
HINT_TOKENS = (HINT_OPEN, HINT_MIDDLE, HINT_CLOSE)


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    """A span ``[start, end)`` of the source and the English words that must render it."""

    start: int
    end: int
    rendering: str


_NAME = re.compile(rf"\b[{CAPITALS}][\w-]*(?: [{CAPITALS}][\w-]*)*")
_QUANTITY = re.compile(
    r"\b(\d+(?:[.,]\d+)*)(?:\s?(?:%|(?:tỷ|triệu|nghìn|ha|km2|km|m2|tấn|người|hộ|xã)\b))?(?: (?:đồng|USD)\b)?"
)
_EN_UNIT = (
    r"(?:\s?(?:%|percent|per cent)|(?:[ -](?:billion|million|thousand|trillion|hectares?|ha|km|kilomet\w+|square "
    r"(?:kilo)?met\w+|tonnes?|tons?|people|households|communes))?(?: (?:VND|dong|USD|US dollars))?)"
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def strip_marks(text: str) -> str:
    """The text without diacritics, as English news writes Vietnamese names ("Kim Bảng" → "Kim Bang")."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Lower case without diacritics."""
    return strip_marks(text).lower()


def mine_hints(
    source: str, reference: str, lexicon: Mapping[str, Sequence[str]], longest: int = 7
) -> list[Hint]:
    """Spans of ``source`` whose rendering is known to stand in ``reference``; they never overlap.

    Three sources, longest match first: lexicon entries whose English occurs in the reference, capitalized names
    that occur on both sides (but for diacritics), and numbers with their unit.

    Args:
        source: Vietnamese sentence.
        reference: its English translation.
        lexicon: lower-case Vietnamese term → English renderings.
        longest: most syllables of a lexicon term.
    """
    found: list[Hint] = []
    taken = [False] * (len(source) + 1)

    def add(start: int, end: int, rendering: str) -> None:
        if not any(taken[start:end]):
            found.append(Hint(start, end, rendering))
            taken[start:end] = [True] * (end - start)

    words = [match.span() for match in _WORD.finditer(source)]
    lowered = source.lower()
    for size in range(min(longest, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            start, end = words[first][0], words[first + size - 1][1]
            for rendering in lexicon.get(lowered[start:end], ()):
                match = re.search(rf"\b{re.escape(rendering)}(?:s|es)?\b", reference, re.IGNORECASE)
                if match:
                    add(start, end, _as_dictionary(match.group(), rendering))
                    break
    folded = fold(reference)
    if len(folded) == len(reference):
        for match in _NAME.finditer(source):
            if match.start() == 0 and " " not in match.group():
                continue
            place = re.search(rf"\b{re.escape(fold(match.group()))}\b", folded)
            if place and len(match.group()) > 2 and reference[place.start()].isupper():
                add(*match.span(), reference[place.start() : place.end()])
    for match in _QUANTITY.finditer(source):
        number = match.group(1).translate(str.maketrans(".,", ",."))
        place = re.search(rf"(?<![\d.,])(?:US)?\$?{re.escape(number)}(?![\d]|[.,]\d){_EN_UNIT}", reference)
        if place and len(match.group()) > 1:
            add(*match.span(), place.group().strip())
    return sorted(found)


def _as_dictionary(found: str, rendering: str) -> str:
    """The rendering as a glossary would give it: the reference's spelling, singular as listed."""
    return found[: len(rendering)] if found[: len(rendering)].lower() == rendering.lower() else found


def glossary_hints(source: str, reference: str, glossary: Glossary) -> list[Hint]:
    """The hints that the product would give for ``source``, as far as ``reference`` obeys them.

    Every glossary term found in the source whose preferred or accepted rendering stands in the reference.
    """
    found = []
    for match in glossary.find(source):
        for rendering in match.term.renderings:
            if rendering and obeyed(rendering, reference):
                found.append(Hint(match.span.start, match.span.end, rendering))
                break
    return found


def choose_hints(hints: Sequence[Hint], rng: random.Random, most: int = 4) -> list[Hint]:
    """A random, non-empty selection of at most ``most`` hints, in order of position."""
    size = min(len(hints), most, 1 + int(rng.expovariate(0.9)))
    return sorted(rng.sample(list(hints), size))


def mark(source: str, hints: Iterable[Hint]) -> str:
    """The source with every hint written in behind its span.

    Raises:
        ValueError: hints overlap or lie outside the source.
    """
    parts, position = [], 0
    for hint in sorted(hints):
        if not position <= hint.start < hint.end <= len(source):
            raise ValueError(f"hint {hint} overlaps another or lies outside the source")
        term = source[hint.start : hint.end]
        parts += [
            source[position : hint.start],
            f"{HINT_OPEN} {term} {HINT_MIDDLE} {hint.rendering} {HINT_CLOSE}",
        ]
        position = hint.end
    return "".join([*parts, source[position:]])


def obeyed(rendering: str, translation: str) -> bool:
    """Whether a required rendering stands in the translation: as words, any case, plural allowed."""
    pattern = r"\W+".join(map(re.escape, rendering.split()))
    return bool(re.search(rf"(?<!\w){pattern}(?:s|es)?(?!\w)", translation, re.IGNORECASE))
