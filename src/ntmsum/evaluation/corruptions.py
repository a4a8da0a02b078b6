"""Injected errors: eleven kinds of mistakes that machines make, put into clean references.

Nothing here looks at what the checks can see: the kinds work on bare text with their own small table
(``corruptions.toml``), and an error is kept whether or not anybody could notice it.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ntmsum.evaluation.articles import EvalArticle
from ntmsum.tables import load_toml

Lang = Literal["vi", "en"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NUMBER = r"\d+(?:[.,]\d+)*"
_LEVEL = re.compile(r" (?:Commune|District|Province|City|Town|Township|Ward|Special Zone)$")
_PROPER = re.compile(r"(?:[^\W\d_]+ ){1,3}[^\W\d_]+")
_DRAWS = 2


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``new`` in place of ``[start, end)``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Corruption:
    """One error in one text.

    Args:
        id: of the article.
        kind: one of ``KINDS``.
        text: the text with the error.
        before, after: what was there and what stands there now.
    """

    id: str
    kind: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what the articles are about, as far as their key facts say: the names to swap.

    Args:
        persons, places: (article id, name) in one language.
    """

    persons: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, articles: Sequence[EvalArticle], lang: Lang) -> Cast:
        """The cast of a set, in one language."""
        persons: list[tuple[str, str]] = []
        places: list[tuple[str, str]] = []
        for article in articles:
            for fact in article.key_facts:
                if fact.kind != "names":
                    continue
                group = persons if _is_person(fact.vi, article.article) else places
                name = _bare(fact.en if lang == "en" else fact.vi)
                if _PROPER.fullmatch(name) and name.istitle():
                    group.append((article.id, name))
        return cls(tuple(persons), tuple(places))


def corrupt(
    article: EvalArticle, text: str, lang: Lang, kind: str, cast: Cast, draw: int = 0
) -> list[Corruption]:
    """Up to two texts with one error of a kind each, the same at every call; none where there is no place.

    Args:
        article: whose reference it is.
        text: the reference.
        lang: its language.
        kind: one of ``KINDS``.
        cast: the names of the whole set in that language.
        draw: another number, other errors.
    """
    rng = random.Random(f"{article.id}/{lang}/{kind}" + (f"/{draw}" if draw else ""))
    edits = [e for e in KINDS[kind](text, lang, rng, article.id, cast) if text[e.start : e.end] != e.new]
    return [
        Corruption(
            article.id,
            kind,
            " ".join((text[: edit.start] + edit.new + text[edit.end :]).split()),
            text[edit.start : edit.end],
            edit.new,
        )
        for edit in rng.sample(edits, min(_DRAWS, len(edits)))
    ]


def _digit(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    edits = []
    for match in re.finditer(r"\d", text):
        leads = not text[: match.start()][-1:].isdigit()
        others = [d for d in "0123456789" if d != match.group() and not (leads and d == "0")]
        edits.append(Edit(match.start(), match.end(), rng.choice(others)))
    return edits


def _unit(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    units = _table()["unit"][lang]
    larger = "|".join(_table()["magnitude"][lang])
    names = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    pattern = re.compile(rf"{_NUMBER}\s?(?:(?:{larger})\s)?(?P<unit>{names})(?!\w)")
    return [Edit(*m.span("unit"), units[m["unit"]]) for m in pattern.finditer(text)]


def _magnitude(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    thousands, decimal = (",", r"\.") if lang == "en" else (r"\.", ",")
    words = _table()["magnitude"][lang]
    edits = [
        Edit(*m.span("word"), words[m["word"]])
        for m in re.finditer(rf"\d\s(?P<word>{'|'.join(words)})\b", text)
    ]
    for match in re.finditer(rf"(?<![\d.,/])\d{{1,3}}(?:{thousands}\d{{3}})+(?![\d/])", text):
        value = int(re.sub(r"\D", "", match.group())) * 10
        edits.append(Edit(*match.span(), _grouped(value, lang)))
    for match in re.finditer(rf"(?<![\d.,/])\d+{decimal}\d{{1,2}}(?![\d/])", text):
        edits.append(Edit(*match.span(), _grouped(int(re.sub(r"\D", "", match.group())), lang)))
    return edits


def _date(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    shift = rng.choice((-1, 1))
    edits = []

    def number(match: re.Match[str], group: int, low: int, high: int) -> None:
        value = int(match[group])
        moved = value + shift if low <= value + shift <= high else value - shift
        edits.append(Edit(*match.span(group), str(moved)))

    for match in re.finditer(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]*\d|/\w)", text):
        number(match, 1, 1900, 2099)
    if lang == "vi":
        for match in re.finditer(r"(?i:ngày|đến|từ|sáng|chiều|tối|đêm) (\d{1,2})/(\d{1,2})(?!\d)", text):
            number(match, 1, 1, 28)
            number(match, 2, 1, 12)
        for match in re.finditer(r"(?i:tháng) (\d{1,2})(?!\d)", text):
            number(match, 1, 1, 12)
    else:
        months = "|".join(MONTHS)
        for match in re.finditer(rf"\b(\d{{1,2}}) (?:{months})\b", text):
            number(match, 1, 1, 28)
        for match in re.finditer(rf"\b({months})\b(?= \d|,|\.| and| to)", text):
            edits.append(Edit(*match.span(), MONTHS[(MONTHS.index(match[1]) + shift) % 12]))
    return edits


def _name(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    return _swapped(text, rng, own, cast.persons)


def _place(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    return _swapped(text, rng, own, cast.places)


def _swapped(text: str, rng: random.Random, own: str, names: Sequence[tuple[str, str]]) -> list[Edit]:
    others = [name for id, name in names if id != own and name not in text]
    return [
        Edit(at, at + len(name), other)
        for id, name in names
        if id == own and others and (at := text.find(name)) >= 0
        for other in rng.sample(others, min(_DRAWS, len(others)))
    ]


def _sentence(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    starts = [0, *(m.end() for m in re.finditer(r"[.!?][”\"]?\s+(?=[“\"]?[^\W\d_a-zà-ỹđ])", text)), len(text)]
    if len(starts) < 3:
        return []
    return [Edit(a, b, "") for a, b in itertools.pairwise(starts)]


def _negation(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    return _rewritten(text, _table()["negation"][lang])


def _goal(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    return _rewritten(text, _table()["goal"][lang])


def _rewritten(text: str, rules: Sequence[Mapping[str, str]]) -> list[Edit]:
    return [Edit(*m.span(), rule["becomes"]) for rule in rules for m in re.finditer(rule["pattern"], text)]


def _term(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    return [
        Edit(m.start(), m.end(), wrong)
        for right, wrong in _table()["term"][lang].items()
        for m in re.finditer(rf"\b{re.escape(right)}\b", text)
    ]


def _repetition(text: str, lang: Lang, rng: random.Random, own: str, cast: Cast) -> list[Edit]:
    words = list(re.finditer(r"\S+", text))
    size = rng.randint(4, 9)
    return [
        Edit(
            words[i + size - 1].end(),
            words[i + size - 1].end(),
            " " + " ".join(w[0] for w in words[i : i + size]),
        )
        for i in range(len(words) - size + 1)
    ]


_Injector = Callable[[str, Lang, random.Random, str, Cast], list[Edit]]

#: The ten kinds and the functions that list where a text could have them.
KINDS: Mapping[str, _Injector] = {
    "digit": _digit,
    "unit": _unit,
    "magnitude": _magnitude,
    "date": _date,
    "name": _name,
    "place": _place,
    "sentence": _sentence,
    "negation": _negation,
    "goal": _goal,
    "term": _term,
    "repetition": _repetition,
}


def expected_alerts(kind: str) -> frozenset[str]:
    """The kinds of alert that name this kind of error rightly."""
    return frozenset(_table()["expected"][kind])


def _grouped(value: int, lang: Lang) -> str:
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", ".")


def _is_person(name: str, article: str) -> bool:
    persons = _table()["persons"]
    words = name.split()
    if len(words) >= 3 and words[0] in persons["surnames"] and words[1] in persons["middle"]:
        return True
    titles = "|".join(map(re.escape, persons["titles"]))
    return re.search(rf"(?i:\b(?:{titles}))\.? {re.escape(name)}(?! [A-ZĐ])", article) is not None


def _bare(name: str) -> str:
    """The name without the level of a place: "xã Nà Tấu" and "Na Tau Commune" lose it."""
    words = _LEVEL.sub("", name).split()
    while words and words[0].islower():
        words = words[1:]
    return " ".join(words)


@cache
def _table() -> dict[str, Any]:
    return load_toml(__package__, "corruptions.toml")
