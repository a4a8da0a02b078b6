"""Dates, years, periods and clock times in figures, alike in both languages."""

from __future__ import annotations

import re

from ntmsum.facts.fact import Date
from ntmsum.facts.found import Found
from ntmsum.facts.tables import Grammar
from ntmsum.facts.tokens import FIGURE, WORD, Token, fields, glued, is_year

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_GLUED_MINUTES = re.compile(r"(?:h|g|giờ)([0-9]{1,2})?")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_MONTHS_IN_QUARTER = 3


def small(figure: str, most: int) -> int | None:
    """One or two digits as a number from 1 to ``most``."""
    if len(figure) > 2 or not (figure.isascii() and figure.isdigit()) or not 1 <= int(figure) <= most:
        return None
    return int(figure)


def day_of(day: str, month: str, year: str | None = None) -> Date | None:
    """The date that day, month and year write, or None when there is no such day."""
    d, m = small(day, 31), small(month, 12)
    if d is None or m is None or d > _DAYS[m - 1]:
        return None
    if year is None:
        return (None, m, d)
    return (int(year), m, d) if is_year(year) else None


def full_date(figure: str) -> Date | None:
    """Day, month and year in one figure, day first (``2/9/2020``, ``2-9-2020``, ``2.9.2020``), or ISO."""
    if dotted := _DOTTED.fullmatch(figure):
        return day_of(dotted[1], dotted[2], dotted[3])
    parts, marks = fields(figure)
    if len(parts) != 3 or ":" in marks:
        return None
    if is_year(parts[0]):
        return day_of(parts[2], parts[1], parts[0])
    return day_of(*parts) if marks[0] == marks[1] else None


def read_years(tokens: list[Token], i: int) -> Found | None:
    """Two years as a period: "2021-2025", "2021 – 2025", "2020/21"."""
    token = tokens[i]
    if token.kind != FIGURE:
        return None
    parts, _ = fields(token.word)
    end = i + 1
    if len(parts) == 1 and tokens[end].word in ("-", "–", "—") and tokens[end + 1].kind == FIGURE:
        parts, end = [*parts, tokens[end + 1].word], end + 2
    if len(parts) != 2 or not is_year(parts[0]):
        return None
    first, last = int(parts[0]), parts[1]
    if len(last) == 2 and last.isdigit():
        last = str(first // 100) + last
    if not is_year(last) or int(last) <= first:
        return None
    return Found("period", ((first, None, None), (int(last), None, None)), None, end)


def read_years_from_to(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "từ năm 2021 đến năm 2025", "from 2021 to 2025", "between 2021 and 2025"."""
    opened = grammar["from"].at(tokens, i)
    start = opened[1] if opened else i
    start += tokens[start].word == "năm"
    first = tokens[start].word
    link = grammar["to" if opened else "plain to"].at(tokens, start + 1)
    if link is None or not is_year(first):
        return None
    end = link[1]
    while tokens[end].word in ("hết", "cuối", "năm"):
        end += 1
    last = tokens[end].word
    if not is_year(last) or int(last) <= int(first):
        return None
    return Found("period", ((int(first), None, None), (int(last), None, None)), None, end + 1)


def months(year: int | None, first: int, last: int, end: int) -> Found:
    """The period from one month to another of a year."""
    return Found("period", ((year, first, None), (year, last, None)), None, end)


def edge_months(edge: str, count: int, year: int | None, end: int) -> Found | None:
    """The first or last ``count`` months of a year."""
    if not 1 <= count <= 12:
        return None
    return months(year, 1, count, end) if edge == "first" else months(year, 13 - count, 12, end)


def quarter(number: int, year: int | None, end: int) -> Found:
    """A quarter of a year as its three months."""
    last = number * _MONTHS_IN_QUARTER
    return months(year, last - _MONTHS_IN_QUARTER + 1, last, end)


def part_of(position: str, date: Date, end: int, *, certain: bool = True) -> Found:
    """The start, middle or end of a year or month; halves of a year become their months."""
    year, month, _ = date
    if position.endswith("half"):
        if month is None:
            return edge_months("first" if position == "first half" else "last", 6, year, end) or part_of(
                "start", date, end
            )
        position = "start" if position == "first half" else "end"
    return Found("period", (date, date), position, end, certain)


def read_clock(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """A time of day: "7 giờ 30", "19h30", "7:30 am", "5 p.m.", "8 giờ sáng", "lúc 7 giờ"."""
    figure = tokens[i].word
    clock = _CLOCK.fullmatch(figure)
    colon = ":" in figure
    hour_word = tokens[i + 1].word
    marked, minute, end = False, 0, i + 1
    if clock:
        hour, minute = int(clock[1]), int(clock[2])
        marked = colon
    elif len(figure) <= 2 and figure.isdigit():
        hour = int(figure)
        glued_minutes = _GLUED_MINUTES.fullmatch(hour_word) if glued(tokens, i + 1) else None
        if glued_minutes or hour_word == "giờ":
            end = i + 2
            before, after = grammar["before time"].before(tokens, i), grammar["after time"].at(tokens, end)
            marked = before is not None or after is not None
            written = glued_minutes[1] if glued_minutes and glued_minutes[1] else ""
            if not written and len(tokens[end].word) <= 2 and tokens[end].kind == FIGURE:
                written = tokens[end].word if hour_word == "giờ" or glued(tokens, end) else ""
                end += bool(written)
            if written:
                marked, minute = True, int(written)
                end += tokens[end].word == "phút"
    else:
        return None
    return _with_day_part(tokens, hour, minute, end, grammar, marked=marked)


def _with_day_part(
    tokens: list[Token], hour: int, minute: int, end: int, grammar: Grammar, *, marked: bool
) -> Found | None:
    part = grammar["day part"].at(tokens, end)
    if part and grammar.lang == "vi" and not (marked or tokens[end - 1].word in ("giờ", "h")):
        part = None
    if hour > 24 or minute > 59 or not (marked or part):
        return None
    fixed = hour > 12 or hour == 0
    if part:
        end = part[1]
        afternoon = part[0] == "pm" or (part[0] == "night" and hour >= 6)
        if part[0] != "oclock":
            fixed = True
        if afternoon and hour < 12:
            hour += 12
        elif part[0] in ("am", "night") and hour == 12:
            hour = 0
        elif part[0] == "noon" and hour < 3:
            hour += 12
    return Found("time", (hour % 24, minute), "clock" if fixed else None, end)


def read_named_time(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "noon", "midnight": they support a time and are never reported themselves."""
    named = grammar["named time"].at(tokens, i)
    return Found("time", (int(named[0]), 0), "clock", named[1], certain=False) if named else None


def year_at(tokens: list[Token], i: int) -> int | None:
    """The year that token ``i`` writes."""
    return int(tokens[i].word) if tokens[i].kind == FIGURE and is_year(tokens[i].word) else None


def decade(tokens: list[Token], i: int) -> Found | None:
    """ "1980s" as the ten years it covers."""
    year = year_at(tokens, i)
    if year is None or year % 10 or tokens[i + 1].word != "s" or not glued(tokens, i + 1):
        return None
    return Found("period", ((year, None, None), (year + 9, None, None)), None, i + 2)


def is_word(tokens: list[Token], i: int, *words: str) -> bool:
    """True when token ``i`` is one of the words."""
    return tokens[i].kind == WORD and tokens[i].word in words
