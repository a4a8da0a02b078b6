"""The words that introduce names, and the names known beforehand: surnames, provinces, districts, communes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ntmsum.facts.fact import Lang
from ntmsum.facts.names_type import bare_name, fold_name, marked_name
from ntmsum.tables import load_csv

_MAJOR = frozenset({"province", "city", "district", "urban district", "town"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that introduces a name, or that only looks like one.

    Args:
        role: "person" (ông, Mr), "office" (giám đốc, Director), "level" (huyện, District), "plural level"
            (communes), "feature" (sông), "organization" (công ty), "noun" (Bay), or "plain" (theo, the: no
            name, or its first syllable).
        level: the administrative level that a level word names.
    """

    role: str
    level: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded names of places.

    Args:
        major: joined keys of provinces, cities, districts and towns of two or more syllables → the level.
        marked: the same names with their marks (``marked_name``), for Vietnamese: Nhà Trắng is not Nha Trang.
        units: the marked names of every level.
        syllables: every folded syllable of a place name.
    """

    major: Mapping[str, str]
    marked: frozenset[str]
    units: frozenset[str]
    syllables: frozenset[str]


@cache
def cues(lang: Lang) -> Mapping[str, Cue]:
    """The cue words of a language, in lower case."""
    rows = load_csv("ntmsum.facts", "names_words.csv")
    return {row["word"]: Cue(row["role"], row["level"]) for row in rows if row["lang"] == lang}


@cache
def surnames(*, folded: bool) -> frozenset[str]:
    """Vietnamese surnames in lower case, with their marks or folded."""
    words = (row["surname"] for row in load_csv("ntmsum.facts", "names_surnames.csv"))
    return frozenset(fold_name(word) if folded else word.lower() for word in words)


@cache
def exonyms() -> frozenset[str]:
    """Joined keys of names that English does not spell as Vietnamese does (Trung Quốc, Tây Nguyên, Nam Bộ)."""
    return frozenset(joined(row["name"]) for row in load_csv("ntmsum.facts", "names_exonyms.csv"))


@cache
def aliases(lang: Lang) -> Mapping[str, tuple[str, str]]:
    """Other names of a place, in lower case without spaces → its folded name and level (HCMC, TPHCM)."""
    rows = load_csv("ntmsum.facts", "names_aliases.csv")
    return {
        row["alias"].lower().replace(" ", ""): (fold_name(row["name"]), row["level"])
        for row in rows
        if row["lang"] == lang
    }


def joined(text: str) -> str:
    """The folded name in one piece."""
    return fold_name(text).replace(" ", "")


_SYLLABLE = re.compile(
    r"(?:b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye"
    r"|oai|oay|oeo|uoi|uou|uya|uye|uyu|uay|ieu|yeu)"
    r"(?:ch|c|m|ng|nh|n|p|t)?"
)


def is_syllable(word: str) -> bool:
    """True when a word is spelled like a Vietnamese syllable, with or without marks, or is part of a place name."""
    bare = bare_name(word)
    return _SYLLABLE.fullmatch(bare) is not None or fold_name(word) in gazetteer().syllables


@cache
def gazetteer() -> Gazetteer:
    """The dated table of administrative units, folded; units of every date count as places."""
    major: dict[str, str] = {}
    marked: set[str] = set()
    units: set[str] = set()
    syllables: set[str] = set()
    for row in load_csv("ntmsum.facts", "gazetteer.csv"):
        words = fold_name(row["name"]).split()
        syllables.update(words)
        name = marked_name(row["name"])
        units.add(name)
        if row["level"] in _MAJOR and len(words) > 1:
            major.setdefault("".join(words), row["level"])
            marked.add(name)
    return Gazetteer(major, frozenset(marked), frozenset(units), frozenset(syllables))
