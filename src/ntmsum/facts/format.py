"""Values → text in either language, such that the text reads back as the same value."""

from __future__ import annotations

import calendar
from decimal import Decimal
from typing import cast

from ntmsum.facts.fact import Date, Fact, Lang
from ntmsum.facts.tables import load_units, plural

_MONTHS = tuple(calendar.month_name[1:])
_POSITIONS = {"start": ("đầu", "early"), "mid": ("giữa", "mid"), "end": ("cuối", "late")}
_LEFT_OF_AMOUNT = frozenset({"VND", "USD", "EUR"})


def format_vi(fact: Fact) -> str:
    """How Vietnamese writes the fact's value: ``1.234,5 ha``, ``ngày 2/9/2020``, ``7,2%``."""
    return _format(fact, "vi")


def format_en(fact: Fact) -> str:
    """How English writes the fact's value: ``1,234.5 ha``, ``2 September 2020``, ``VND30,000``."""
    return _format(fact, "en")


def format_number(value: Decimal, lang: Lang) -> str:
    """Digits in groups of three with the marks of the language, without exponent."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def _format(fact: Fact, lang: Lang) -> str:
    value = fact.value
    if isinstance(value, Decimal):
        if fact.kind == "grade":
            return f"loại {value:f}" if lang == "vi" else f"grade {value:f}"
        if fact.kind == "ordinal":
            return _ordinal(value, fact.unit, lang)
        return _with_unit(format_number(value, lang), fact.unit, lang, one=value == 1)
    if fact.kind == "date":
        return _date(cast(Date, value), lang)
    if fact.kind == "period" or (fact.kind == "range" and fact.unit == "date"):
        return _period(cast("tuple[Date, Date]", value), fact.unit, lang)
    if fact.kind == "time":
        hour, minute = cast("tuple[int, int]", value)
        return f"lúc {hour}h{minute:02d}" if lang == "vi" else f"{hour}:{minute:02d}"
    if fact.kind in ("ratio", "range"):
        left, right = (format_number(part, lang) for part in cast("tuple[Decimal, Decimal]", value))
        mark = "/" if fact.kind == "ratio" else "-"
        return _with_unit(f"{left}{mark}{right}", fact.unit, lang, one=False)
    return fact.text


def _with_unit(number: str, unit: str | None, lang: Lang, *, one: bool) -> str:
    if unit is None:
        return number
    head, *rates = unit.split("/")
    units = load_units()
    form = units[head].forms[lang][0] if head in units else head
    if head in ("%", "‰"):
        text = number + form
    elif lang == "en" and head in _LEFT_OF_AMOUNT:
        text = form + number
    else:
        regular = lang == "en" and not one and len(form) > 3 and head not in ("degC",)
        written = plural(form) if regular and form not in ("person",) else form
        text = f"{number} {'people' if regular and form == 'person' else written}"
    per = "/" if lang == "vi" else " per "
    return text + "".join(per + (units[rate].forms[lang][0] if rate in units else rate) for rate in rates)


def _ordinal(value: Decimal, unit: str | None, lang: Lang) -> str:
    if lang == "vi":
        return f"thế kỷ {value:f}" if unit == "century" else f"thứ {value:f}"
    last = int(value) % 100
    ending = "th" if 10 < last < 20 else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    return f"{value:f}{ending}" + (" century" if unit == "century" else "")


def _date(date: Date, lang: Lang) -> str:
    year, month, day = date
    if lang == "vi":
        if day and month:
            return f"ngày {day}/{month}" + (f"/{year}" if year else "")
        if month:
            return f"tháng {month}" + (f"/{year}" if year else "")
        return f"năm {year}" if year else f"ngày {day}"
    parts = [str(day) if day else "", _MONTHS[month - 1] if month else "", str(year) if year else ""]
    return " ".join(part for part in parts if part)


def _period(period: tuple[Date, Date], part: str | None, lang: Lang) -> str:
    first, last = period
    if part in _POSITIONS:
        vi, en = _POSITIONS[part]
        dated = _date(first, lang) if any(first) else ("năm" if lang == "vi" else "the year")
        return f"{vi} {dated}" if lang == "vi" else f"{en}{'-' if en == 'mid' else ' '}{dated}"
    if part == "date":
        year = f"/{first[0]}" if first[0] else ""
        if lang == "vi":
            return f"ngày {first[2]}-{last[2]}/{first[1]}{year}"
        return f"{first[2]}-{last[2]} {_date((first[0], first[1], None), 'en')}"
    if first[1] is None or last[1] is None:
        return f"{first[0]}-{last[0]}"
    return _months(first[0], first[1], last[1], lang)


def _months(year: int | None, first: int, last: int, lang: Lang) -> str:
    count = last - first + 1
    if count == 3 and first % 3 == 1:
        if lang == "vi":
            return f"quý {last // 3}" + (f"/{year}" if year else "")
        return f"Q{last // 3}" + (f" {year}" if year else "")
    of_year = str(year) if year else ("" if lang == "vi" else "the year")
    if first == 1:
        return (
            f"{count} tháng đầu năm {of_year}".strip()
            if lang == "vi"
            else f"first {count} months of {of_year}"
        )
    if last == 12:
        return (
            f"{count} tháng cuối năm {of_year}".strip()
            if lang == "vi"
            else f"last {count} months of {of_year}"
        )
    return f"tháng {first}-{last}" + (f"/{year}" if year else "")
