"""The constant tables: number words, calendar words, modifiers, labels and units, as the readers need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ntmsum.facts.fact import Lang
from ntmsum.facts.tokens import END, Token, tokenize
from ntmsum.tables import load_csv

_WORD_TABLES = ("numerals.csv", "calendar.csv", "modifiers.csv", "labels.csv")


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of ``units.csv``.

    Args:
        id: canonical name.
        dimension: ``"count"``, ``"money"``, ``"percent"`` or a physical dimension.
        factor: how many of the dimension's base unit one of it is; None where that varies by region.
        parent: the wider unit that also covers it (a pupil is a person), or None.
        forms: the written forms per language, the usual one first.
        apart: counted things that are never the same as this one (people and households).
    """

    id: str
    dimension: str
    factor: Decimal | None
    parent: str | None
    forms: Mapping[Lang, tuple[str, ...]]
    apart: frozenset[str] = frozenset()


class Phrases:
    """Phrases of one to several tokens with a value each; the longest one wins."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        by_last: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for form, value in rows:
            words = tuple(token.word for token in tokenize(form) if token.kind != END)
            by_first[words[0]].append((words, value))
            by_last[words[-1]].append((words, value))
        self._by_first = {k: sorted(v, key=lambda entry: -len(entry[0])) for k, v in by_first.items()}
        self._by_last = {k: sorted(v, key=lambda entry: -len(entry[0])) for k, v in by_last.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_first)

    def at(self, tokens: list[Token], i: int) -> tuple[str, int] | None:
        """The value of the longest phrase that begins at token ``i`` and the index after it."""
        for words, value in self._by_first.get(tokens[i].word, ()):
            n = len(words)
            if n == 1 or all(tokens[i + k].word == words[k] for k in range(1, n)):
                return value, i + n
        return None

    def before(self, tokens: list[Token], i: int) -> tuple[str, int] | None:
        """The value of the longest phrase that ends just before token ``i`` and the index where it begins."""
        for words, value in self._by_last.get(tokens[i - 1].word, ()):
            n = len(words)
            if n <= i and all(tokens[i - n + k].word == words[k] for k in range(n)):
                return value, i - n
        return None


_NO_PHRASES = Phrases(())


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tables of one language: phrases by role, and the units with the words that veto them."""

    lang: Lang
    roles: Mapping[str, Phrases]
    unit_forms: Phrases
    unit_vetoes: Mapping[str, frozenset[str]]
    numerals: Mapping[str, tuple[str, Decimal]]

    def __getitem__(self, role: str) -> Phrases:
        return self.roles.get(role, _NO_PHRASES)


@cache
def load_units() -> Mapping[str, Unit]:
    """Every unit by its id."""
    units = {}
    for row in _rows("units.csv"):
        forms: dict[Lang, tuple[str, ...]] = {
            "vi": tuple(row["vi"].split("|")),
            "en": tuple(row["en"].split("|")),
        }
        factor = Decimal(row["factor"]) if row["factor"] else None
        apart = frozenset(row["apart"].split("|")) - {""}
        units[row["id"]] = Unit(row["id"], row["dimension"], factor, row["parent"] or None, forms, apart)
    return units


@cache
def load_grammar(lang: Lang) -> Grammar:
    """The tables of ``lang``; a pure constant, read once."""
    by_role: dict[str, list[tuple[str, str]]] = defaultdict(list)
    numerals: dict[str, tuple[str, Decimal]] = {}
    for name in _WORD_TABLES:
        for row in _rows(name):
            if row["lang"] not in (lang, "*"):
                continue
            if name == "numerals.csv":
                numerals[row["form"]] = (row["role"], Decimal(row["value"]))
            else:
                by_role[row["role"]].append((row["form"], row["value"]))
    forms: list[tuple[str, str]] = []
    vetoes: dict[str, frozenset[str]] = {}
    for row in _rows("units.csv"):
        written = row[lang].split("|")
        forms += [(form, row["id"]) for form in written]
        if lang == "en":
            forms += [(plural(form), row["id"]) for form in written if len(form) > 2]
        elif row["vi_unless"]:
            vetoes[row["id"]] = frozenset(row["vi_unless"].split("|"))
    return Grammar(
        lang=lang,
        roles={role: Phrases(rows) for role, rows in by_role.items()},
        unit_forms=Phrases(dict(reversed(forms)).items()),
        unit_vetoes=vetoes,
        numerals=numerals,
    )


def plural(form: str) -> str:
    """The regular English plural of a phrase's last word."""
    if form.endswith(("s", "x", "ch", "sh")):
        return form + "es"
    if form.endswith("y") and form[-2] not in "aeiou":
        return form[:-1] + "ies"
    return form + "s"


def _rows(name: str) -> list[dict[str, str]]:
    return load_csv("ntmsum.facts", name)
