"""Do two texts state the same figures? Numbers and dates as comparable strings, in Vietnamese and English.

Deliberately small and fast: it filters hundreds of thousands of training pairs. The product's own checks, which
locate facts in the text and explain them, live in :mod:`ntmsum.facts`.
"""

from __future__ import annotations

import re
from functools import cache

CAPITALS = "".join(chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x1EFA)) if chr(code).isupper())
"""Capital letters of Vietnamese and other Latin alphabets, for character classes (À-Ỹ would hold small ones too)."""

_CAPITALIZED = re.compile(rf"(?<![.!?:“\"] )(?<!^)\b[{CAPITALS}][\w-]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_POWER_UNIT = re.compile(r"\b([kcdm]?m)[23]\b")
_VI_DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?![\d/%])")
_VI_DATE_CUE = re.compile(r"(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|đến|từ|và|-|–|,|\()\s*\(?$", re.IGNORECASE)
_VI_MONTH_YEAR = re.compile(r"tháng\s*(\d{1,2})(?:[/-](\d{4}))?(?!\d)", re.IGNORECASE)
_EN_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# An abbreviated month counts only before a day or year: "Sa Dec City" is a place.
_EN_MONTH = re.compile(
    r"\b(?:(January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?=\.? \d))"
)
_VI_MONTH_WORDS = {"giêng": "1", "một": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7",
                   "tám": "8", "chín": "9", "mười": "10", "mười một": "11", "mười hai": "12", "chạp": "12"}  # fmt: skip
_VI_MONTH_WORD = re.compile(
    r"tháng\s+(mười một|mười hai|" + "|".join(_VI_MONTH_WORDS) + r")\b", re.IGNORECASE
)
_VI_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_EN_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
             "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
             "nineteen", "twenty")  # fmt: skip
_EN_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def capitalized(text: str) -> list[str]:
    """Words with a capital that does not only open a sentence or a quotation: the parts of names."""
    return _CAPITALIZED.findall(text)


@cache
def canonical(number: str, decimal: str) -> str:
    """A written number as a plain decimal string, so that equal values compare equal.

    Args:
        number: digits with dots and commas, as written.
        decimal: the decimal sign of the language, ``","`` (vi) or ``"."`` (en); the other sign groups thousands.
            A grouping sign that does not stand before exactly three digits is read as a decimal sign.
    """
    group = "." if decimal == "," else ","
    head, *rest = number.split(group)
    grouped = bool(rest) and all(len(re.split(r"[.,]", part)[0]) == 3 for part in rest) and len(head) <= 3
    text = "".join([head, *rest]) if grouped else number.replace(group, decimal)
    whole, _, fraction = text.replace(decimal, ".").partition(".")
    whole = whole.lstrip("0") or "0"
    fraction = fraction.replace(".", "").rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def figures_vi(text: str) -> set[str]:
    """Numbers of a Vietnamese text by value, months as ``m1``…``m12``."""
    found: set[str] = set()

    def day_month(match: re.Match[str]) -> str:
        day, month, year = match.groups()
        cue = year is not None or _VI_DATE_CUE.search(text[: match.start()])
        if not (cue and 1 <= int(day) <= 31 and 1 <= int(month) <= 12):
            return match.group()
        found.update({str(int(day)), f"m{int(month)}"} | ({year} if year else set()))
        return " "

    def month_year(match: re.Match[str]) -> str:
        month, year = match.groups()
        if not 1 <= int(month) <= 12:
            return match.group()
        found.update({f"m{int(month)}"} | ({year} if year else set()))
        return " "

    text = _POWER_UNIT.sub(r"\1", text)
    text = _VI_MONTH_WORD.sub(lambda match: f"tháng {_VI_MONTH_WORDS[match.group(1).lower()]}", text)
    rest = _VI_MONTH_YEAR.sub(month_year, _VI_DAY_MONTH.sub(day_month, text))
    return found | {canonical(match.group(), ",") for match in _NUMBER.finditer(rest)}


def figures_en(text: str) -> set[str]:
    """Numbers of an English text by value, month names as ``m1``…``m12``."""
    months = {f"m{_EN_MONTHS.index(match.group()[:3].lower()) + 1}" for match in _EN_MONTH.finditer(text)}
    numbers = _NUMBER.finditer(_POWER_UNIT.sub(r"\1", text))
    return months | {canonical(match.group(), ".") for match in numbers}


def disagreements(source: str, target: str) -> set[str]:
    """Figures that only one side of a Vietnamese–English pair states.

    A small number written with digits on one side and as a word on the other agrees, and so does a month that is
    a plain number on the Vietnamese side ("3 tháng 2" … "February").
    """
    vi, en = figures_vi(source), figures_en(target)
    vi_words, en_words = source.lower().split(), set(re.findall(r"[a-z]+", target.lower()))
    open_ends: set[str] = set()
    for value in vi - en:
        if value.startswith("m"):
            if value[1:] in en or value == "m5":
                continue
        elif value.isdigit() and int(value) < len(_EN_UNITS) and _spelled_en(int(value)) & en_words:
            continue
        open_ends.add(value)
    for value in en - vi:
        if value.startswith("m"):
            if value[1:] in vi or value in ("m3", "m5"):  # "March" and "May" are also plain words
                continue
        elif value.isdigit() and int(value) < len(_VI_UNITS) and _VI_UNITS[int(value)] in vi_words:
            continue
        open_ends.add(value)
    return open_ends


def written_out(source: str, target: str) -> set[str]:
    """Figures that the Vietnamese side writes with digits and the English side as words, months apart.

    A model that learns from such pairs writes "14 xã" as "fourteen communes" or loses the 14 altogether.
    """
    return {value for value in figures_vi(source) - figures_en(target) if not value.startswith("m")}


def _spelled_en(value: int) -> set[str]:
    ordinal = {_EN_ORDINALS[value]} if value < len(_EN_ORDINALS) else set()
    return {_EN_UNITS[value]} | (ordinal - {""})
