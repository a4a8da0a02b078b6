"""Figures and dates in languages that a multilingual model translates into: French, Chinese, Lao, Khmer.

Less is read than in Vietnamese and English: numbers, percentages, dates, quarters, times; no units. A number
without a unit supports, and is supported by, the same value with any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from ntmsum.article import Span
from ntmsum.facts.extract import extract_facts
from ntmsum.facts.fact import Date, Fact, Kind, Value
from ntmsum.facts.match import Matching, match_facts
from ntmsum.facts.names import extract_names
from ntmsum.facts.names_type import Name, fold_name
from ntmsum.languages import TargetLanguage
from ntmsum.tables import load_csv, load_toml

# A spelled number below this may be an article or part of a word: it supports others and is never reported.
_SURE_WORD = 100
# Kinds of which the loss can be told; documents, grades and ordinals are put into words in too many ways.
_TOLD = frozenset({"number", "percent", "money", "quantity", "date"})
_NATIVE_DIGITS = {
    ord(first) + n: str(n) for first in ("\u0ed0", "\u17e0", "\uff10") for n in range(10)
}  # Lao, Khmer, full width
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
_FIGURE = r"(?<![0-9])(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
_UNSPACED_FIGURE = r"(?<![0-9])[0-9]+(?:[.,][0-9]+)*"


def readable_languages() -> tuple[str, ...]:
    """Codes of the languages whose figures and dates can be read here."""
    return tuple(load_toml(__package__, "other.toml"))


def extract_other(text: str, language: str) -> tuple[Fact, ...]:
    """What a text claims in figures.

    Args:
        text: in NFC; native digits are read like 0-9.
        language: one of ``readable_languages``.

    Returns:
        Facts in order that do not overlap; spans are code points of ``text``.
    """
    grammar = _grammar(language)
    plain = text.translate(_NATIVE_DIGITS).translate(_SPACES)
    facts: list[Fact] = []
    position = 0
    while match := grammar.start.search(plain, position):
        found = next(grammar.read(plain, match.start()), None)
        if found is None:
            position = match.end() if match.end() > match.start() else match.start() + 1
            continue
        end, readings = found
        span = Span(match.start(), end)
        facts += [
            Fact(
                kind,
                value,
                "%" if kind == "percent" else None,
                None,
                text[span.start : span.end],
                span,
                certain,
            )
            for kind, value, certain in readings
        ]
        position = end
    return tuple(facts)


def match_other(text: str, source: str, language: str) -> Matching:
    """The figures of a translation against those of its Vietnamese sentence.

    Args:
        text: the translation.
        source: the Vietnamese sentence.
        language: one of ``readable_languages``.
    """
    found = match_facts(extract_other(text, language), extract_facts(source, "vi"))
    missing = tuple(fact for fact in found.missing if fact.kind in _TOLD)
    alterations = dict(found.alterations)
    # Without a unit there is little to go by; but one amount too many and one too few are the same one.
    explained = {id(fact) for fact, _ in alterations.values()}
    strange = [f for f in found.unsupported if id(f) not in alterations and f.kind == "number"]
    lost = [f for f in missing if id(f) not in explained and f.kind != "date"]
    if len(strange) == len(lost) == 1:
        alterations[id(strange[0])] = lost[0], "value"
    return Matching(found.pairs, found.unsupported, missing, alterations)


def lost_names(text: str, source: str) -> list[Name]:
    """Vietnamese persons and places that a translation in Latin script does not write, with or without marks."""
    written = fold_name(text).replace(" ", "")
    lost: dict[str, Name] = {}
    for name in extract_names(source, "vi"):
        told = name.certain and name.kind in ("person", "place") and len(name.words) > 1
        if told and name.joined not in written and name.joined not in _exonyms():
            lost.setdefault(name.joined, name)
    return list(lost.values())


def count_differences(text: str, source: str, target: TargetLanguage) -> int:
    """How many figures, dates and names of a translation and its Vietnamese sentence do not agree."""
    count = len(lost_names(text, source)) if target.latin else 0
    if target.code in readable_languages():
        figures = match_other(text, source, target.code)
        count += len(figures.unsupported) + len(figures.missing)
    return count


Reading = tuple[Kind, Value, bool]


@dataclass(frozen=True)
class _Grammar:
    """One language's table, compiled."""

    start: re.Pattern[str]
    dates: Sequence[tuple[str, re.Pattern[str]]]
    months: Sequence[re.Pattern[str]]
    ordinals: Sequence[tuple[re.Pattern[str], int]]
    figure: re.Pattern[str]
    group: str
    scale: re.Pattern[str]
    scales: Sequence[tuple[re.Pattern[str], Decimal]]
    word: re.Pattern[str]
    words: Sequence[tuple[re.Pattern[str], int, bool]]
    spelled: re.Pattern[str]
    percent: re.Pattern[str]
    percent_before: re.Pattern[str]
    halves: re.Pattern[str]

    def read(self, text: str, at: int) -> Iterator[tuple[int, list[Reading]]]:
        """Readings that begin at ``at``, the surest first: where they end, and what they say."""
        for kind, pattern in self.dates:
            match = pattern.match(text, at)
            readings = self._dated(kind, match) if match else []
            if match and readings:
                yield match.end(), readings
        before = self.percent_before.match(text, at)
        number = self._number(text, before.end() if before else at)
        if number:
            end, value, certain = number
            after = self.percent.match(text, end)
            if before or after:
                yield (after.end() if after else end), [("percent", value, True)]
            elif value > 1 or certain:
                yield end, [("number", value, certain)]
        if half := self.halves.match(text, at):
            yield half.end(), [("number", Decimal("0.5"), False)]

    def _number(self, text: str, at: int) -> tuple[int, Decimal, bool] | None:
        """A figure or a spelled number with its scale ("1.2亿", "3 millions", "ສາມພັນ")."""
        total, last, position, certain = Decimal(0), None, at, True
        # "1亿2000万": what follows a scale at once, under a smaller one, belongs to it.
        while match := self.figure.match(text, position):
            if text[match.start() - 1 : match.start()].isalpha() and text[match.start() - 1].isascii():
                return None  # QL1A
            value = self._figure(match[0])
            end, scale = self._scaled(text, match.end())
            if last is not None and (scale >= last or scale == 1):
                break
            total += value * scale
            tail = text[end : end + 2]
            certain = certain and not (tail[:1] in ("-", "/") and tail[1:].isalpha())  # 19-NQ/TW
            last, position = scale, end
            if scale == 1:
                break
            if text[position : position + 1] == " ":
                position += 1
        if last is not None:
            return end if last == 1 else _back(text, position), total, certain
        spelled = self.spelled.match(text, at)
        if not spelled:
            return None
        value = self._spelled(spelled[0])
        end, scale = self._scaled(text, spelled.end())
        value *= scale
        return (end, value, value >= _SURE_WORD) if value > 1 else None

    def _figure(self, figure: str) -> Decimal:
        figure = figure.replace(" ", "")
        marks = [c for c in figure if not c.isdigit()]
        if not marks:
            return Decimal(figure)
        chunks = re.split(r"[.,]", figure)
        grouped = all(len(chunk) == 3 for chunk in chunks[1:]) and len(chunks[0]) <= 3
        if grouped and len(set(marks)) == 1 and marks[0] in self.group:
            return Decimal("".join(chunks))
        if len(set(marks)) == 1 and len(marks) > 1:
            return Decimal("".join(chunks))
        return Decimal("".join(chunks[:-1]) + "." + chunks[-1])

    def _scaled(self, text: str, at: int) -> tuple[int, Decimal]:
        scale = Decimal(1)
        while match := self.scale.match(text, at):
            form = match[0].strip(" -")
            scale *= next(value for pattern, value in self.scales if pattern.fullmatch(form))
            at = match.end()
        return at, scale

    def _spelled(self, words: str) -> Decimal:
        """Digits add up, tens multiply what stands before them; digits in a row are one figure (二〇二四)."""
        values = []
        for match in self.word.finditer(words):
            values.append(next((v, m) for p, v, m in self.words if p.fullmatch(match[0])))
        if len(values) > 1 and all(not multiplies and v < 10 for v, multiplies in values):
            return Decimal("".join(str(v) for v, _ in values))
        total = pending = 0
        for value, multiplies in values:
            if not multiplies:
                pending += value
                continue
            if value < 1000:  # two thousand three hundred
                total += (pending or 1) * value
            else:  # two hundred thousand
                total = (total + pending or 1) * value
            pending = 0
        return Decimal(total + pending)

    def _dated(self, kind: str, match: re.Match[str]) -> list[Reading]:
        parts = {name: value for name, value in match.groupdict().items() if value}
        year = int(parts["y"]) if "y" in parts else None
        if year is not None and not 1900 <= year <= 2100:
            return []
        month = self._month(parts)
        days: list[int | None] = [int(parts[name]) for name in ("d", "d2") if name in parts]
        if not 1 <= (month or 1) <= 12 or month == 0 or not all(1 <= (day or 0) <= 31 for day in days):
            return []
        if kind == "time":
            hour, minute = int(parts["h"]), int(parts.get("n", 0))
            if hour > 24 or minute > 59:
                return []
            if "n" in parts:
                return [("time", (hour, minute), True)]
            # "24 heures": on the clock, or how long.
            return [("time", (hour, 0), False), ("number", Decimal(hour), False)]
        if kind == "date":
            return [("date", (year, month, day), True) for day in days or [None]]
        first, last = self._months(kind, parts)
        if not 1 <= first <= last <= 12:
            return []
        ends: tuple[Date, Date] = ((year, first, None), (year, last, None))
        return [("period", ends, True)]

    def _month(self, parts: Mapping[str, str]) -> int | None:
        if "m" in parts:
            return int(parts["m"])
        if "mon" not in parts:
            return None
        return next(n for n, pattern in enumerate(self.months, 1) if pattern.fullmatch(parts["mon"]))

    def _months(self, kind: str, parts: Mapping[str, str]) -> tuple[int, int]:
        """First and last month of a quarter or half, or of the first months of a year."""
        if "q" in parts:
            number = next((n for pattern, n in self.ordinals if pattern.fullmatch(parts["q"])), None)
            if kind == "first":
                word = parts["q"].strip()
                return 1, int(word) if word.isdigit() else int(self._spelled(word))
            number = number or 0
        else:
            number = 1 if "first" in parts else 2
        size = 3 if kind == "quarter" else 6
        return size * (number - 1) + 1, size * number


@cache
def _grammar(language: str) -> _Grammar:
    table = load_toml(__package__, "other.toml")[language]
    spaced = table["spaced"]
    months = [re.compile(form, re.IGNORECASE) for form in table["months"]]
    ordinals = [(re.compile(form, re.IGNORECASE), value) for form, value in table["ordinals"]]
    scales = [(form, Decimal(str(value))) for form, value in table["scales"]]
    words = [(form, value, False) for form, value in table["digits"]]
    words += [(form, value, True) for form, value in table["tens"]]
    word = _any([form for form, _, _ in words])
    unit = _any([form for form, _, multiplies in words if not multiplies] + table["opening"])
    joint = "(?:[ -]| et )" if spaced else " ?"
    more = _any([word, "une?"]) if spaced else word
    spelled = rf"{unit}(?:{joint}{more})*"
    spelled = rf"\b{spelled}(?!\w)" if spaced else spelled
    gap = "[ -]?" if spaced else " ?"
    places = {
        "d": r"(?P<d>[0-9]{1,2})(?![0-9])",
        "d2": r"(?P<d2>[0-9]{1,2})(?![0-9])",
        "m": r"(?P<m>[0-9]{1,2})(?![0-9])",
        "y": r"(?P<y>[0-9]{4})(?![0-9])",
        "h": r"(?P<h>[0-9]{1,2})(?![0-9])",
        "n": r"(?P<n>[0-9]{1,2})(?![0-9])",
        "mon": f"(?P<mon>{_any(table['months'])})",
    }
    ordinal = f"(?P<q>{_any([form for form, _ in table['ordinals']])})"
    count = rf"(?P<q>[0-9]{{1,2}}|{spelled})"
    dates = []
    for key, kind in (
        ("quarters", "quarter"), ("semesters", "semester"), ("first_months", "first"), ("days", "date"),
        ("times", "time"), ("dates", "date"),
    ):  # fmt: skip
        for form in table[key]:
            text = form
            for name, value in places.items():
                text = text.replace(f"{{{name}}}", value)
            text = text.replace("{q}", count if kind == "first" else ordinal)
            edge = r"(?!\w)" if spaced else ""
            dates.append((kind, re.compile(rf"(?<![0-9.,]){text}{edge}", re.IGNORECASE)))
    figure = _FIGURE if " " in table["group"] else _UNSPACED_FIGURE
    before = _any(table.get("percent_before", [])) if table.get("percent_before") else "(?!)"
    halves = _any(table["halves"])
    starts = [*(p.pattern for _, p in dates), before, figure, spelled, halves]
    # Named groups may occur once in a pattern: here they only say where to look.
    start = "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in starts)
    edge = r"(?!\w)" if spaced else ""
    return _Grammar(
        start=re.compile(start, re.IGNORECASE),
        dates=dates,
        months=months,
        ordinals=ordinals,
        figure=re.compile(figure),
        group=table["group"],
        scale=re.compile(f"{gap}{_any([form for form, _ in scales])}{edge}", re.IGNORECASE),
        scales=[(_whole(form), value) for form, value in scales],
        word=re.compile(more, re.IGNORECASE),
        words=[(_whole(form), value, m) for form, value, m in words] + [(re.compile("une?"), 1, False)],
        spelled=re.compile(spelled, re.IGNORECASE),
        percent=re.compile(f" ?{_any(table['percent'])}", re.IGNORECASE),
        percent_before=re.compile(f"{before} ?", re.IGNORECASE),
        halves=re.compile(halves, re.IGNORECASE),
    )


@cache
def _exonyms() -> frozenset[str]:
    rows: list[dict[str, Any]] = load_csv(__package__, "names_exonyms.csv")
    return frozenset(fold_name(row["name"]).replace(" ", "") for row in rows)


def _any(forms: Sequence[str]) -> str:
    """One of the forms, the longest first."""
    return "(?:" + "|".join(sorted(forms, key=len, reverse=True)) + ")"


def _whole(form: str) -> re.Pattern[str]:
    """A form without what it asks of the text around it."""
    return re.compile(re.sub(r"\(\?<?[!=][^)]*\)", "", form), re.IGNORECASE)


def _back(text: str, position: int) -> int:
    """Before a space that was looked over in vain."""
    return position - 1 if text[position - 1 : position] == " " else position
