"""Whether a text speaks of a name at all, however it is capitalized, marked and joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from ntmsum.facts.names import Name, fold_name
from ntmsum.facts.names_words import cues

_LONGEST = 6
_LONGEST_LEVEL = 16
_LOWER = re.compile(r"\b[^\W\d_A-ZĐ]\w*")
_MONTHS = frozenset(map(fold_name, ("May", "March", "June", "July", "August")))
_LEVEL_BEFORE = re.compile(
    r"(?:\b(?:thành phố|thị xã|thị trấn|đặc khu|tổ dân phố|khu phố)|\b\w+\.?)\s?$", re.I
)
_LEVEL_BEHIND = re.compile(r"\s(?:(?:Special|Urban|Rural)(?: Administrative)? \w+|[A-Z]\w+)")


class Mentions:
    """The words of a text without marks and case, as names are compared.

    Args:
        texts: its sentences.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)

    @cached_property
    def _runs(self) -> frozenset[str]:
        """Every run of up to six words of a sentence."""
        runs: set[str] = set()
        for text in self._texts:
            words = fold_name(text).split()
            for size in range(1, _LONGEST + 1):
                runs.update(map(" ".join, zip(*(words[i:] for i in range(size)), strict=False)))
        return frozenset(runs)

    @cached_property
    def _lower(self) -> frozenset[str]:
        return frozenset(fold_name(word) for text in self._texts for word in _LOWER.findall(text))

    def has(self, key: str) -> bool:
        """True when the folded words stand in the text one after another, or written in one piece."""
        words = key.split()[:_LONGEST]
        return " ".join(words) in self._runs or "".join(words) in self._runs

    def allows(self, name: Name) -> bool:
        """True when the text has the name, or has it but for a common word at one end.

        "Tri An Dam" is allowed by "đập Trị An", "Hồ Kẻ Gỗ" by "hồ lớn … Kẻ Gỗ".
        """
        words = name.words
        if self.has(name.key):
            return True
        if len(words) < 3 or (name.kind == "person" and name.title):
            return False
        ends = ((words[0], words[1:]), (words[-1], words[:-1]))
        return any(self._is_common(word) and self.has(" ".join(rest)) for word, rest in ends)

    def knows_pairs(self, name: Name) -> bool:
        """True when every two neighbours in the name are neighbours in the text as well."""
        words = name.words
        return all(self.has(f"{a} {b}") for a, b in pairwise(words))

    def _is_common(self, word: str) -> bool:
        return word in self._lower or word in _MONTHS or word in cues("en")


def with_level(name: Name, text: str, lang: str) -> str:
    """The name as it stands in ``text`` with the level word before it (xã Tân Hóa) or behind it (Tan Hoa Ward)."""
    if lang == "vi":
        near = max(0, name.span.start - _LONGEST_LEVEL)
        match = _LEVEL_BEFORE.search(text[near : name.span.start])
        return text[near + match.start() if match else name.span.start : name.span.end]
    match = _LEVEL_BEHIND.match(text, name.span.end)
    return text[name.span.start : match.end() if match else name.span.end]
