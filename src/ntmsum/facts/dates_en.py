"""English dates and periods: September 2, 2 September 2020, first six months of 2020, Q2 2021, late 2020."""

from __future__ import annotations

from decimal import Decimal

from ntmsum.facts.dates import (
    day_of,
    decade,
    edge_months,
    full_date,
    is_word,
    part_of,
    quarter,
    small,
    year_at,
)
from ntmsum.facts.fact import Date
from ntmsum.facts.found import Found
from ntmsum.facts.numbers import read_amount
from ntmsum.facts.tables import Grammar
from ntmsum.facts.tokens import FIGURE, WORD, Token, fields, glued, is_year
from ntmsum.facts.units import unit_at

_MONTHS = range(1, 13)
_QUARTERS = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}
_MOST_DAYS_IN_LIST = 3
_QUARTERS_IN_YEAR = 4
_HALVES = {"h1": "first half", "h2": "second half"}


def read_date_en(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """A date that begins at a figure ("2 September 2020", "2/9/2020") or at a month ("September 2")."""
    if tokens[i].kind == FIGURE:
        return _figure_first(tokens, i, grammar)
    month = grammar["month"].at(tokens, i)
    if month is None or not tokens[i].capital:
        return None
    number, k = int(month[0]), month[1]
    k += tokens[k].word == "." and len(tokens[i].word) <= 4 and tokens[k + 1].kind == FIGURE
    if found := _day_after(tokens, k, number):
        return found
    if (
        tokens[k].word in ("-", "–")
        and (last := grammar["month"].at(tokens, k + 1))
        and int(last[0]) > number
    ):
        year, end = _year_after(tokens, last[1])
        return Found("period", ((year, number, None), (year, int(last[0]), None)), None, end)
    year = year_at(tokens, k) or (
        year_at(tokens, k + 1) if is_word(tokens, k, "of") or tokens[k].word == "," else None
    )
    if year:
        return Found("date", (year, number, None), None, k + 1 + (year_at(tokens, k) is None))
    if tokens[i].word in grammar["doubtful month"] and tokens[i - 1].word not in grammar["before month"]:
        return None
    return Found("date", (None, number, None), None, k)


def _day_after(tokens: list[Token], k: int, month: int) -> Found | None:
    """The day and year behind a month: "2", "2nd, 2020", "2-5, 2020"."""
    k += is_word(tokens, k, "the")
    if tokens[k].kind != FIGURE:
        return None
    parts, marks = fields(tokens[k].word)
    end = _after_ending(tokens, k + 1)
    if len(parts) == 1 and tokens[end].word in ("-", "–", "to") and tokens[end + 1].kind == FIGURE:
        last = tokens[end + 1].word
        if day_of(last, str(month)) and day_of(parts[0], str(month)) and int(last) > int(parts[0]):
            parts, marks, end = [parts[0], last], ["-"], _after_ending(tokens, end + 2)
    first = day_of(parts[0], str(month))
    if first is None:
        return None
    year, end = _year_after(tokens, end)
    if len(parts) == 1:
        return Found("date", (year, month, first[2]), None, end)
    second = day_of(parts[1], str(month)) if len(parts) == 2 and marks[0] == "-" else None
    return Found("range", ((year, *first[1:]), (year, *second[1:])), "date", end) if second else None


def another_day(tokens: list[Token], i: int, before: Date, grammar: Grammar) -> Found | None:
    """A bare figure after a date of the same month: "September 15 and 16", "15, 16 and 17 September"."""
    year, month, _ = before
    date = day_of(tokens[i].word, str(month)) if month and before[2] else None
    end = _after_ending(tokens, i + 1)
    if date is None or unit_at(tokens, end, grammar) or grammar["month"].at(tokens, end):
        return None
    if tokens[end].word in grammar.numerals or (
        tokens[end].kind == WORD and tokens[end].word not in grammar["stop"]
    ):
        return None
    own, end = _year_after(tokens, end)
    return Found("date", (own or year, *date[1:]), None, end)


def _month_behind_list(tokens: list[Token], i: int, grammar: Grammar) -> int | None:
    """The month of "15" in "15 and 16 September", "15, 16 and 17 September"."""
    k = i + 1
    for _ in range(_MOST_DAYS_IN_LIST):
        if tokens[k].word not in ("and", ",", "&") or not small(tokens[k + 1].word, 31):
            return None
        k += 2
        if month := grammar["month"].at(tokens, k):
            return int(month[0]) if tokens[k].capital else None
    return None


def _after_ending(tokens: list[Token], k: int) -> int:
    return k + (is_word(tokens, k, "st", "nd", "rd", "th") and glued(tokens, k))


def _year_after(tokens: list[Token], k: int) -> tuple[int | None, int]:
    skip = tokens[k].word == "," or is_word(tokens, k, "of", "in")
    if year := year_at(tokens, k + skip):
        return year, k + skip + 1
    return None, k


def _figure_first(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    figure = tokens[i].word
    if whole := full_date(figure):
        return Found("date", whole, None, i + 1)
    if found := decade(tokens, i):
        return found
    if tokens[i + 1].word == "s" and glued(tokens, i + 1) and len(figure) == 2:  # "in her 60s"
        return Found("number", Decimal(figure), None, i + 2, certain=False)
    parts, marks = fields(figure)
    if len(parts) == 2 and marks[0] == "/" and is_year(parts[1]) and small(parts[0], 12):
        return Found("date", (int(parts[1]), int(parts[0]), None), None, i + 1)
    listed = _month_behind_list(tokens, i, grammar) if len(parts) == 1 else None
    if listed and (date := day_of(parts[0], str(listed))):
        return Found("date", date, None, i + 1)
    k = _after_ending(tokens, i + 1)
    if len(parts) == 1 and tokens[k].word in ("-", "–", "to") and small(tokens[k + 1].word, 31):
        after = _after_ending(tokens, k + 2)
        if grammar["month"].at(tokens, after):
            parts, marks, k = [parts[0], tokens[k + 1].word], ["-"], after
    k += is_word(tokens, k, "day") and is_word(tokens, k + 1, "of")
    k += is_word(tokens, k, "of")
    month = grammar["month"].at(tokens, k)
    if month is None or not tokens[k].capital:
        return None
    first = day_of(parts[0], month[0])
    if first is None:
        return None
    end = month[1] + (
        tokens[month[1]].word == "." and len(tokens[k].word) <= 4 and tokens[month[1] + 1].kind == FIGURE
    )
    year, end = _year_after(tokens, end)
    if len(parts) == 1:
        return Found("date", (year, *first[1:]), None, end)
    last = day_of(parts[1], month[0]) if len(parts) == 2 and marks[0] == "-" else None
    return Found("range", ((year, *first[1:]), (year, *last[1:])), "date", end) if last else None


def read_part_en(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "late 2020", "the end of September", "mid-2020", "first half of 2020", "H1 2020", "year-end"."""
    if half := _HALVES.get(tokens[i].word):
        year, end = _year_after(tokens, i + 1)
        return part_of(half, (year, None, None), end) if year else None
    position = grammar["position"].at(tokens, i)
    if position is None:
        return None
    name, k = position
    k += tokens[k].word == "-" and glued(tokens, k)
    of = is_word(tokens, k, "of")
    date, end = _year_or_month(tokens, k + of, grammar)
    if date:
        return part_of(name, date, end)
    if "half" in name:
        this_year = grammar["this year"].at(tokens, k + of)
        return part_of(name, (None, None, None), this_year[1]) if this_year else None
    if this_year := grammar["this year"].at(tokens, k):
        return part_of(name, (None, None, None), this_year[1], certain=False)
    return None


def _year_or_month(tokens: list[Token], k: int, grammar: Grammar) -> tuple[Date | None, int]:
    k += is_word(tokens, k, "year") and year_at(tokens, k + 1) is not None
    if year := year_at(tokens, k):
        return (year, None, None), k + 1
    month = grammar["month"].at(tokens, k)
    if month is None or not tokens[k].capital:
        return None, k
    year, end = _year_after(tokens, month[1])
    return (year, int(month[0]), None), end


def read_period_en(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "first six months of 2020", "second quarter of 2021", "Q2/2021", "quarter II"."""
    token = tokens[i]
    if token.word in _QUARTERS:
        number = _QUARTERS[token.word]
        skip = 1 + (tokens[i + 1].word in ("/", "-", "'", "of"))
        year = year_at(tokens, i + skip)
        return quarter(number, year, i + skip + 1) if year else quarter(number, None, i + 1)
    if token.word == "quarter":
        roman = grammar["quarter"].at(tokens, i + 1)
        parts = fields(tokens[i + 1].word)[0] if tokens[i + 1].kind == FIGURE else []
        number = (
            int(roman[0]) if roman and tokens[i + 1].capital else (small(parts[0], 4) or 0 if parts else 0)
        )
        if not number:
            return None
        if len(parts) == 2 and is_year(parts[1]):
            return quarter(number, int(parts[1]), i + 2)
        if tokens[i + 2].word == "/" and (year := year_at(tokens, i + 3)):
            return quarter(number, year, i + 4)
        return quarter(number, *_year_after(tokens, i + 2))
    return _ordinal_period(tokens, i, grammar)


def read_lunar_en(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "the eighth day of the first lunar month", "the 8th day of the first month", "the ninth lunar month"."""
    day, k = _nth(tokens, i, grammar)
    if day and is_word(tokens, k, "lunar") and is_word(tokens, k + 1, "month"):
        return Found("date", (None, day, None), None, k + 2) if day <= len(_MONTHS) else None
    if not day or not is_word(tokens, k, "day") or not is_word(tokens, k + 1, "of"):
        return None
    month, k = _nth(tokens, k + 2 + is_word(tokens, k + 2, "the"), grammar)
    k += is_word(tokens, k, "lunar")
    date = day_of(str(day), str(month)) if month and is_word(tokens, k, "month") else None
    return Found("date", date, None, k + 1) if date else None


def _nth(tokens: list[Token], i: int, grammar: Grammar) -> tuple[int, int]:
    if tokens[i].kind == FIGURE:
        end = _after_ending(tokens, i + 1)
        return (small(tokens[i].word, 31) or 0, end) if end == i + 2 else (0, i)
    word = grammar["ordinal"].at(tokens, i)
    return (int(word[0]), word[1]) if word and word[0].isdigit() else (0, i)


def _ordinal_period(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    ordinal = grammar["ordinal"].at(tokens, i)
    if tokens[i].kind == FIGURE and small(tokens[i].word, 4) and _after_ending(tokens, i + 1) == i + 2:
        ordinal = (tokens[i].word, i + 2)
    if ordinal and int(ordinal[0]) <= _QUARTERS_IN_YEAR:
        k = ordinal[1] + (tokens[ordinal[1]].word == "-")
        if is_word(tokens, k, "quarter", "quarters"):
            return quarter(int(ordinal[0]), *_of_year(tokens, k + 1, grammar))
        second = grammar["ordinal"].at(tokens, k + 1) if is_word(tokens, k, "and") else None
        if second and is_word(tokens, second[1], "quarters"):
            year, _ = _of_year(tokens, second[1] + 1, grammar)
            return quarter(int(ordinal[0]), year, ordinal[1])
    edge = grammar["edge"].at(tokens, i)
    if edge is None:
        return None
    amount = read_amount(tokens, edge[1], grammar)
    k = amount.end if amount else 0
    if amount is None or not is_word(tokens, k + (tokens[k].word == "-"), "months", "month"):
        return None
    year, end = _of_year(tokens, k + 1 + (tokens[k].word == "-"), grammar)
    if year is None and end == k + 1:
        return None  # "the first six months" of anything
    return edge_months(edge[0], int(amount.value), year, end)


def _of_year(tokens: list[Token], k: int, grammar: Grammar) -> tuple[int | None, int]:
    """The year a period belongs to: "of 2020", "in 2020", "of the year 2020", "of this year"."""
    start = k + is_word(tokens, k, "of", "in")
    if year := year_at(tokens, start):
        return year, start + 1
    if this_year := grammar["this year"].at(tokens, start):
        year = year_at(tokens, this_year[1])
        return (year, this_year[1] + 1) if year else (None, this_year[1])
    return None, k


def months_of_year_en(tokens: list[Token], found: Found) -> Found | None:
    """ "nine months of 2020" as a period."""
    if not isinstance(found.value, Decimal) or not is_word(tokens, found.end, "of"):
        return None
    year = year_at(tokens, found.end + 1)
    return edge_months("first", int(found.value), year, found.end + 2) if year else None
