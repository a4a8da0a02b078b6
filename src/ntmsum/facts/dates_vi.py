"""Vietnamese dates and periods: ngày 2/9, tháng 9 năm 2020, 6 tháng đầu năm, quý II/2021, cuối năm 2020."""

from __future__ import annotations

from decimal import Decimal

from ntmsum.facts.dates import (
    day_of,
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
from ntmsum.facts.tables import Grammar
from ntmsum.facts.tokens import FIGURE, MARK, Token, fields, is_year
from ntmsum.facts.units import unit_at

# Written without a cue these are shares far more often than days.
_COMMON_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "2/5", "3/5", "4/5"})
_LIST_MARKS = frozenset({",", "-", "–", "và", "đến", "tới", "&"})
_LONGEST_LIST = 8
_DAY_PARTS = ("ngày", "sáng", "trưa", "chiều", "tối", "đêm", "rạng", "hết", "cuối")
_THIS_YEAR = frozenset({"nay", "này", "ngoái"})


def read_date_vi(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """A day, with or without month and year, that begins at a figure or at "ngày"."""
    cue = grammar["day word"].at(tokens, i)
    j = cue[1] if cue else i
    if tokens[j].kind != FIGURE or (cue and is_word(tokens, i - 1, "mỗi", "hằng", "hàng", "một")):
        return None
    cued = cue is not None or grammar["date cue"].before(tokens, i) is not None
    figure = tokens[j].word
    if whole := full_date(figure):
        return Found("date", whole, None, j + 1)
    parts, marks = fields(figure)
    if len(parts) == 1:
        return _day(tokens, j, grammar, named=cue is not None, cued=cued)
    if len(parts) == 2:
        return _two_parts(tokens, j, grammar, parts, marks[0], cued=cued)
    if (
        len(parts) in (3, 4)
        and marks[0] == "-"
        and set(marks[1:]) <= {"/", "-"}
        and (cued or marks[1] == "/")
    ):
        return _days_from_to(tokens, j, parts)
    return None


def _days_from_to(tokens: list[Token], j: int, parts: list[str]) -> Found | None:
    """ "2-5/9", "2-5/9/2020"."""
    year, end = (int(parts[3]), j + 1) if len(parts) == 4 and is_year(parts[3]) else year_after(tokens, j + 1)
    first, last = day_of(parts[0], parts[2]), day_of(parts[1], parts[2])
    if first is None or last is None or first >= last:
        return None
    return Found("range", ((year, *first[1:]), (year, *last[1:])), "date", end)


def _two_parts(
    tokens: list[Token], j: int, grammar: Grammar, parts: list[str], mark: str, *, cued: bool
) -> Found | None:
    if mark == "-" and is_word(tokens, j + 1, "tháng") and (found := read_month(tokens, j + 2, grammar)):
        first, last = day_of(parts[0], str(found[1])), day_of(parts[1], str(found[1]))
        if first and last and first < last and not _counts_months(tokens, found[2]):
            return Found("range", ((found[0], *first[1:]), (found[0], *last[1:])), "date", found[2])
    month = small(parts[0], 12)
    if is_year(parts[1]) and month and (mark == "/" or cued):
        return Found("date", (int(parts[1]), month, None), None, j + 1)
    date = day_of(*parts)
    if date is None or mark == ":":
        return None
    counted = unit_at(tokens, j + 1, grammar) is not None or tokens[j + 1].word in grammar["half of"]
    year, end = year_after(tokens, j + 1)
    if not cued and year is None:
        falling = int(parts[0]) > int(parts[1])
        # "đến 14/9 thành phố đón": no share is greater than the whole.
        if (counted and not (mark == "/" and falling)) or (mark == "-" and not falling):
            return None
        if mark == "/" and not falling:
            shared = "/".join(parts) in _COMMON_FRACTIONS or grammar["ratio cue"].before(tokens, j)
            if shared or tokens[j - 1].word == "%":
                return None
    elif counted and mark == "-" and not is_word(tokens, j - 1, "ngày"):
        return None
    return Found("date", (year, date[1], date[2]), None, end)


def _day(tokens: list[Token], j: int, grammar: Grammar, *, named: bool, cued: bool) -> Found | None:
    """One figure: "2 tháng 9 năm 2020", "ngày 15 và 16/9", "từ đêm 27 đến sáng 29/10", "ngày 15"."""
    day = small(tokens[j].word, 31)
    if day is None:
        return None
    if is_word(tokens, j + 1, "tháng"):
        found = read_month(tokens, j + 2, grammar)
        if found and day_of(str(day), str(found[1])):
            year, month, end = found
            if named or year or end == j + 3:
                return None if _counts_months(tokens, end) else Found("date", (year, month, day), None, end)
        return None
    listed = tokens[j - 1].word == "," and small(tokens[j - 2].word, 31) is not None
    before_day = cued or listed or is_word(tokens, j - 1, "ngày", "từ")
    if not before_day:
        return None
    if tokens[j + 1].word in _LIST_MARKS or is_word(tokens, j + 1, "rạng"):
        k = j + 2 - is_word(tokens, j + 1, "rạng")
        while small(tokens[k].word, 31) and tokens[k + 1].word in (",", "và") and k < j + _LONGEST_LIST:
            k += 2
        while is_word(tokens, k, *_DAY_PARTS):
            k += 1
        following = tokens[k].word if tokens[k].kind == FIGURE else ""
        parts, marks = fields(following)
        last = day_of(*parts[:2]) if len(parts) in (2, 3) and marks[0] in "/-" else None
        if last and (named or _closes_days(tokens, k, day, last, grammar)):
            year = int(parts[2]) if len(parts) == 3 and is_year(parts[2]) else None
            return Found("date", (year, last[1], day), None, j + 1)
        if (
            small(following, 31)
            and is_word(tokens, k + 1, "tháng")
            and (found := read_month(tokens, k + 2, grammar))
        ):
            return Found("date", (found[0], found[1], day), None, j + 1)
    if not named or unit_at(tokens, j + 1, grammar) or tokens[j + 1].word in grammar.numerals:
        return None
    return Found("date", (None, None, day), None, j + 1, certain=False)


def _closes_days(tokens: list[Token], k: int, first: int, last: Date, grammar: Grammar) -> bool:
    """True for the 15/10 of "từ 13 đến 15/10"; "từ 5 đến 7/10 xã" counts communes."""
    _, month, day = last
    if month is None or day is None or first >= day:
        return False
    return day > month or unit_at(tokens, k + 1, grammar) is None


def _counts_months(tokens: list[Token], end: int) -> bool:
    return is_word(tokens, end, "đầu") and is_word(tokens, end + 1, "năm")


def read_month(tokens: list[Token], k: int, grammar: Grammar) -> tuple[int | None, int, int] | None:
    """The month after "tháng" as (year, month, index after): "9", "9/2020", "9 năm 2020", "Chín"."""
    token = tokens[k]
    if token.kind == FIGURE:
        parts, _ = fields(token.word)
        month = small(parts[0], 12)
        if month and len(parts) == 2 and is_year(parts[1]):
            return int(parts[1]), month, k + 1
        if month is None or len(parts) > 1:
            return None
        year, end = year_after(tokens, k + 1)
        return year, month, end
    named = grammar["month"].at(tokens, k)
    if named is None:
        return None
    if token.word == "năm" and year_at(tokens, k + 1):
        return None
    year, end = year_after(tokens, named[1])
    return year, int(named[0]), end


def year_after(tokens: list[Token], k: int) -> tuple[int | None, int]:
    """A year that completes a date: "năm 2020", "/2020", "- 2020"; else (None, k)."""
    if is_word(tokens, k, "năm") or (tokens[k].kind == MARK and tokens[k].word in ("/", "-", "–")):
        year = year_at(tokens, k + 1)
        if year:
            return year, k + 2
    return None, k


def read_month_vi(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "tháng 9", "tháng Chín năm 2020", "tháng 5-6/2020" at the word "tháng"."""
    if tokens[i].word != "tháng":
        return None
    parts, marks = fields(tokens[i + 1].word) if tokens[i + 1].kind == FIGURE else ([], [])
    if len(parts) >= 2 and marks[0] == "-" and not is_year(parts[1]):
        first, last = small(parts[0], 12), small(parts[1], 12)
        year, end = (
            (int(parts[2]), i + 2) if len(parts) == 3 and is_year(parts[2]) else year_after(tokens, i + 2)
        )
        if first and last and first < last:
            return Found("period", ((year, first, None), (year, last, None)), None, end)
        return None
    if listed := _listed_month(tokens, i + 1):
        return listed
    found = read_month(tokens, i + 1, grammar)
    if found is None:
        return None
    year, month, end = found
    named = tokens[i + 1].kind != FIGURE
    # "tháng năm" and "tháng hai" in small letters may be anything but a month without a year.
    sure = (
        not named
        or year is not None
        or tokens[i + 1].capital
        or tokens[i + 1].word in ("giêng", "chạp", "mười")
    )
    return Found("date", (year, month, None), None, end, certain=sure)


def _listed_month(tokens: list[Token], i: int) -> Found | None:
    """The 7 of "tháng 7 và 8/2023", with the year that stands behind the last one."""
    if tokens[i + 1].word not in ("và", ",") or tokens[i + 2].kind != FIGURE:
        return None
    month, (parts, _) = small(tokens[i].word, 12), fields(tokens[i + 2].word)
    if month is None or len(parts) != 2 or not small(parts[0], 12) or not is_year(parts[1]):
        return None
    return Found("date", (int(parts[1]), month, None), None, i + 1)


def read_year_vi(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "năm 2020", "những năm 1990"."""
    if is_word(tokens, i - 1, "những") and (found := _decade(tokens, i + 1)):
        return found
    year = year_at(tokens, i + 1) if tokens[i].word == "năm" else None
    if year is None or (tokens[i + 2].word in ("-", "–") and year_at(tokens, i + 3)):
        return None
    return Found("date", (year, None, None), None, i + 2)


def read_decade_vi(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "thập niên 1990", "thập kỷ 90"."""
    return _decade(tokens, i + 2) if is_word(tokens, i + 1, "niên", "kỷ") else None


def _decade(tokens: list[Token], k: int) -> Found | None:
    word = tokens[k].word
    year = year_at(tokens, k) or (1900 + int(word) if len(word) == 2 and word.isdigit() else None)
    if year is None or year % 10:
        return None
    return Found("period", ((year, None, None), (year + 9, None, None)), None, k + 1)


def read_part_vi(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "cuối năm 2020", "đầu tháng 9", "nửa đầu năm"."""
    position = grammar["position"].at(tokens, i)
    if position is None:
        return None
    name, k = position
    if is_word(tokens, k, "năm") and not is_word(tokens, k + 1, "học"):
        year = year_at(tokens, k + 1)
        end = k + (2 if year or tokens[k + 1].word in _THIS_YEAR else 1)
        return part_of(name, (year, None, None), end, certain=year is not None or "half" in name)
    if is_word(tokens, k, "tháng") and (found := read_month(tokens, k + 1, grammar)):
        year, month, end = found
        return part_of(name, (year, month, None), end)
    return None


def read_quarter_vi(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "quý II/2021", "quý 2 năm 2021", "quý I"."""
    if tokens[i].word != "quý":
        return None
    token = tokens[i + 1]
    parts, _ = fields(token.word) if token.kind == FIGURE else ([], [])
    if parts and (number := small(parts[0], 4)):
        if len(parts) == 2 and is_year(parts[1]):
            return quarter(number, int(parts[1]), i + 2)
        if len(parts) == 1:
            return quarter(number, *year_after(tokens, i + 2))
        return None
    roman = grammar["quarter"].at(tokens, i + 1)
    return quarter(int(roman[0]), *year_after(tokens, roman[1])) if roman else None


def months_of_year_vi(tokens: list[Token], found: Found) -> Found | None:
    """ "6 tháng" that "đầu năm 2020" or "năm 2020" follows, as a period."""
    if not isinstance(found.value, Decimal):
        return None
    k, count = found.end, int(found.value)
    edge = {"đầu": "first", "cuối": "last"}.get(tokens[k].word)
    start = k + 1 if edge else k
    start += is_word(tokens, start, "của")
    if not is_word(tokens, start, "năm"):
        return None
    year = year_at(tokens, start + 1)
    if edge is None and year is None:
        return None
    end = start + (2 if year or tokens[start + 1].word in _THIS_YEAR else 1)
    return edge_months(edge or "first", count, year, end)
