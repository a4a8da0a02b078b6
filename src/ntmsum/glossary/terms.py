"""Official terms and the glossary that holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from ntmsum.glossary.keys import split_syllables
from ntmsum.glossary.matching import Matcher, TermMatch
from ntmsum.glossary.reading import read_table, read_terms
from ntmsum.glossary.term import Term


@dataclass(frozen=True)
class Glossary:
    """Terms with one mandated English rendering each.

    Args:
        terms: the terms; a later one replaces an earlier one of the same wording.
        name: what reports call the glossary.

    A term with an empty ``en`` is no term: it names a wording to leave alone, such as "xã hội", so that
    the shorter "xã" is not found inside it. In a user's file it takes an official term out.
    """

    terms: tuple[Term, ...]
    name: str = "glossary"

    @staticmethod
    def official() -> Glossary:
        """The terms that come with the package (``official.csv``, everyday words of provincial
        news in ``common.csv``, and the wordings of ``plain.csv``)."""
        return _official()

    @staticmethod
    def left_words() -> Glossary:
        """Everyday words of one syllable that a small translator may leave in Vietnamese, with an English
        word to offer it then (``left.csv``)."""
        return _left_words()

    @classmethod
    def from_file(cls, path: str | Path) -> Glossary:
        """A user's CSV or TSV with a header line: ``vi`` and ``en``, and any of ``variants``, ``abbr``,
        ``domain``, ``source``, ``wrong``, ``advisory`` (filled in: yes); several
        values in one cell are parted by ``|``.

        Raises:
            GlossaryError: the file is missing, not UTF-8 or malformed; the message names line and column.
        """
        path = Path(path)
        return cls(read_terms(path), name=path.name)

    def __or__(self, other: Glossary) -> Glossary:
        """The terms of both; where both have a wording, the one of ``other`` holds.

        A rendering that ``other`` replaces counts from then on as a known wrong one.
        """
        merged = {term.key: term for term in self.terms}
        for term in other.terms:
            old = merged.get(term.key)
            merged[term.key] = _override(old, term) if old else term
        return Glossary(tuple(merged.values()), name=f"{self.name}+{other.name}")

    def __len__(self) -> int:
        return sum(1 for term in self.terms if term.en)

    @cached_property
    def signature(self) -> str:
        """Name, size and eight hex digits of the content's SHA-256: equal signatures, equal behaviour."""
        digest = hashlib.sha256(repr(self.terms).encode()).hexdigest()
        return f"{self.name}:{len(self)}:{digest[:8]}"

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.terms)

    def find(self, vi_text: str) -> tuple[TermMatch, ...]:
        """The terms of a Vietnamese text in reading order, the longest wording first, none overlapping."""
        return self._matcher.find(vi_text, split_syllables(vi_text))


def _override(old: Term, new: Term) -> Term:
    """``new`` with the abbreviations of ``old`` where it has none, and its renderings known as wrong."""
    own = {rendering.casefold() for rendering in new.renderings}
    wrong = (*new.wrong, *(r for r in (*old.renderings, *old.wrong) if r and r.casefold() not in own))
    return replace(new, abbr=new.abbr or old.abbr, wrong=_unique(wrong))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


@cache
def _left_words() -> Glossary:
    text = (resources.files("ntmsum.glossary") / "left.csv").read_text(encoding="utf-8")
    return Glossary(tuple(read_table(text, "left.csv")), name="left")


@cache
def _official() -> Glossary:
    folder = resources.files("ntmsum.glossary")
    terms: list[Term] = []
    for name in ("official.csv", "common.csv", "plain.csv"):
        terms += read_table((folder / name).read_text(encoding="utf-8"), name)
    return Glossary(tuple(terms), name="official")
