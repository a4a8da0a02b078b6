"""Numbers with what they count: amounts, percentages, money, ratios and ranges."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ntmsum.facts.dates import small
from ntmsum.facts.fact import Kind
from ntmsum.facts.found import Found
from ntmsum.facts.numbers import Amount, read_amount, read_figure
from ntmsum.facts.tables import Grammar
from ntmsum.facts.tokens import FIGURE, WORD, Token, fields, glued, is_year, starts_sentence
from ntmsum.facts.units import RATE_DIMENSIONS, dimension, read_unit, unit_at

_PART_OF = frozenset({"of", "more", "less", "fewer", "higher", "lower"})
_HALVED = frozenset({"length", "area", "mass", "volume"})
_HALF = Decimal("0.5")
# Number words that more often mean something else: one/a, year, father, fourth, not.
_DOUBTFUL = frozenset({"một", "năm", "ba", "tư", "không", "one", "a", "an"})
_PLACES = frozenset(
    {"commune", "ward", "town", "township", "district", "city", "province", "village", "locality", "region"}
)
_THOUSAND = Decimal(1000)
_MONTHS = Decimal(12)
# Numbers behind these name one of several: "tầng 23 tòa nhà", "ấp 3 xã Long Hòa".
_NUMBERED_THINGS = frozenset({"tầng", "ấp", "thôn", "xóm", "tổ", "khu", "đội", "phòng", "lô"})


class _Measure(NamedTuple):
    value: Decimal
    unit: str | None
    end: int
    amount: Amount


def read_quantity(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """The number, amount, ratio or range that begins at token ``i``; a code when its figures are no number."""
    if tokens[i].kind == WORD and tokens[i].word in grammar.numerals:
        alone = tokens[i].word in _DOUBTFUL and tokens[i + 1].word in _DOUBTFUL
        three_years = tokens[i].word == "ba" and tokens[i + 1].word == "năm"
        if (alone and not three_years) or _names(tokens, i, grammar) or _no_number(tokens, i, grammar):
            return None
    opened = grammar["from"].at(tokens, i)
    if opened:
        return _from_to(tokens, opened[1], grammar)
    currency = grammar["currency"].at(tokens, i)
    start = currency[1] if currency else i
    parts, marks = fields(tokens[start].word) if tokens[start].kind == FIGURE else ([], [])
    if len(parts) > 1:
        return _joined(tokens, start, grammar, parts, marks, currency[0] if currency else None)
    if fraction := _fraction(tokens, i, grammar):
        return fraction
    first = _measure(tokens, i, grammar)
    if first is None:
        return read_code(tokens, i) if tokens[i].kind == FIGURE else None
    aged = grammar.lang == "en" and tokens[i - 1].word in ("aged", "ages")
    second = _second(tokens, first, grammar, "plain to", bare=aged)
    if second and second.value > first.value and not is_year(tokens[i].word):
        return _range(first, second, i)
    if ratio := _ratio(tokens, i, first, grammar):
        return ratio
    return _with_months(tokens, first, grammar) or _one(tokens, i, first, grammar)


def read_code(tokens: list[Token], i: int) -> Found:
    """Figures that are no amount (a telephone number, "12A1") as one name, with all that hangs on them."""
    end = i + 1
    while tokens[end].kind in (WORD, FIGURE) and glued(tokens, end):
        end += 1
    name = "".join(token.word for token in tokens[i:end]).upper()
    return Found("document", (name, None, None), "code", end)


def _names(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """True for a number word inside a name or date: "Hai Bà Trưng", "thứ bảy", "Four Seasons"."""
    token = tokens[i]
    if grammar.lang == "vi":
        inside = token.capital and (tokens[i + 1].capital or not starts_sentence(tokens, i))
        return inside or tokens[i - 1].word == "thứ"
    return (
        token.capital
        and tokens[i + 1].capital
        and not starts_sentence(tokens, i)
        and tokens[i - 1].capital is False
    )


def _no_number(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """True for the year of "mỗi năm tỉnh …" and the words of "ngã ba", "hoa mười giờ"."""
    if tokens[i].word == "năm" and grammar["before year"].before(tokens, i):
        return True
    # "năm Quý Mão" is a year's name, not five quarters.
    if (
        tokens[i].word == "năm"
        and tokens[i + 1].word == "quý"
        and tokens[i + 1].capital
        and tokens[i + 2].capital
    ):
        return True
    return grammar["before no number"].before(tokens, i) is not None


def _measure(tokens: list[Token], i: int, grammar: Grammar) -> _Measure | None:
    """One amount with its unit, before or behind it."""
    currency = grammar["currency"].at(tokens, i)
    start = currency[1] if currency else i
    amount = read_amount(tokens, start, grammar)
    if amount is None:
        return None
    if currency:
        rated = read_unit(tokens, amount.end, grammar, adjectives=False)
        if rated and dimension(rated[0]) == "money":
            return _Measure(amount.value, rated[0], rated[1], amount)
        unit, end = _currency_rate(tokens, amount.end, currency[0], grammar)
        return _Measure(amount.value, unit, end, amount)
    year_like = is_year(tokens[start].word) and amount.end == start + 1
    place = unit_at(tokens, i - 1, grammar) if grammar.lang == "en" and tokens[i - 1].capital else None
    numbered = place is not None and place[0] in _PLACES  # "a District 7 resident"
    found = None if numbered else read_unit(tokens, amount.end, grammar, adjectives=not year_like)
    if found and tokens[i - 1].word in _NUMBERED_THINGS and found[0] in (*_PLACES, "building"):
        found = None
    hangs_on = glued(tokens, amount.end) and tokens[amount.end].kind in (WORD, FIGURE)
    if hangs_on and tokens[amount.end - 1].kind == FIGURE and (found is None or found[1] == amount.end):
        return None
    if found is None:
        return _Measure(amount.value, None, amount.end, amount)
    unit, end = found
    value = amount.value
    if grammar.lang == "vi" and _whole_thousands(tokens[start].word, unit) and amount.end == start + 1:
        value = Decimal(tokens[start].word.replace(",", ""))
    if tokens[end].word in ("rưỡi", "rưởi"):  # "2 năm rưỡi"
        value, end = value + _HALF, end + 1
    return _Measure(value, unit, end, amount)


def _whole_thousands(figure: str, unit: str) -> bool:
    """ "20,648 người", "2,385 USD": neither people nor money come in thousandths."""
    whole, _, rest = figure.partition(",")
    counted = dimension(unit) in ("count", "money") and whole.isdigit() and rest.isdigit()
    return counted and len(rest) == 3 and len(whole) <= 3 and whole[0] != "0"


def _currency_rate(tokens: list[Token], i: int, currency: str, grammar: Grammar) -> tuple[str, int]:
    """ "VND60 million per person per year": the rates follow the amount, not the currency."""
    rates: list[str] = []
    for _ in range(3):
        if fixed := grammar["rate"].at(tokens, i):
            rates.append(fixed[0])
            i = fixed[1]
            continue
        per = grammar["per"].at(tokens, i)
        article = None if per else grammar["per time"].at(tokens, i)
        opening = per or article
        unit = unit_at(tokens, opening[1], grammar) if opening else None
        if unit is None or (article and dimension(unit[0]) not in RATE_DIMENSIONS):
            break
        rates.append(unit[0])
        i = unit[1]
    return "/".join([currency, *sorted(set(rates))]), i


def _joined(
    tokens: list[Token], i: int, grammar: Grammar, parts: list[str], marks: list[str], currency: str | None
) -> Found:
    """A figure of two halves: "14/16 xã", "2-3 con", "10-15%", "5-7 triệu đồng", "3:2"."""
    left = read_figure(parts[0], grammar.lang)
    right = read_amount(tokens, i, grammar, figure=parts[1]) if len(parts) == 2 else None
    if left is None or right is None:
        return read_code(tokens, i)
    found = read_unit(tokens, right.end, grammar)
    if found is None and tokens[right.end].kind == WORD and glued(tokens, right.end):
        return read_code(tokens, i)
    unit, end = found or (None, right.end)
    if currency and unit is None:
        unit, end = _currency_rate(tokens, right.end, currency, grammar)
    kind: Kind = "range" if marks[0] == "-" else "ratio"
    always = unit == "hour" and left == right.value  # "24/24 giờ": around the clock
    return Found(kind, (_share_scale(left, right), right.value), unit, end, certain=not always)


def _share_scale(left: Decimal, right: Amount) -> Decimal:
    """ "5-7 triệu" begins at five million; "800 đến 1,2 tỷ" at 800 million."""
    shared = left * right.factor
    if shared > right.value and right.factor > _THOUSAND and shared / _THOUSAND <= right.value:
        return shared / _THOUSAND
    return shared


def _second(
    tokens: list[Token], first: _Measure, grammar: Grammar, connector: str, *, bare: bool = False
) -> _Measure | None:
    """The amount after a connector, when its unit goes with the first one; ``bare``: neither needs one."""
    link = grammar[connector].at(tokens, first.end)
    if link is None:
        return None
    start = link[1]
    if approx := grammar["approx"].at(tokens, start):
        start = approx[1]
    if tokens[start].kind == FIGURE and len(fields(tokens[start].word)[0]) > 1:
        return None
    second = _measure(tokens, start, grammar)
    if second is None or (second.amount.simple and second.unit is None and not bare):
        return None
    if second.unit == "hour" and tokens[second.end].kind == FIGURE:
        return None  # "từ 21 giờ đến 21 giờ 15 phút" are two times
    if second.unit is None and is_year(tokens[start].word):
        return None
    if first.unit and second.unit and first.unit.partition("/")[0] != second.unit.partition("/")[0]:
        return None
    if first.unit and second.unit is None:
        return second._replace(unit=first.unit) if dimension(first.unit) == "money" else None
    if first.unit is None and second.amount.factor > 1 and first.amount.factor == 1:
        return second
    return second


def _from_to(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    if approx := grammar["approx"].at(tokens, i):
        i = approx[1]
    if tokens[i].kind == FIGURE and len(fields(tokens[i].word)[0]) > 1:
        return None
    first = _measure(tokens, i, grammar)
    if first is None:
        return None
    connector = "between" if tokens[i - 1].word == "between" else "to"
    second = _second(tokens, first, grammar, connector)
    if second is None or (grammar.lang == "en" and _month_at(tokens, second.end, grammar)):
        return None
    return _range(first, second, i)


def _month_at(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """True before the month of "from 6 to 27 March"."""
    return tokens[i].capital and grammar["month"].at(tokens, i) is not None


def _range(first: _Measure, second: _Measure, start: int) -> Found:
    alone = first.amount.factor == 1 and first.unit is None
    left = _share_scale(first.value, second.amount) if alone else first.value
    return Found("range", (left, second.value), second.unit, second.end, amount=start)


def _ratio(tokens: list[Token], i: int, first: _Measure, grammar: Grammar) -> Found | None:
    link = grammar["ratio after unit" if first.unit else "ratio"].at(tokens, first.end)
    if link is None or (first.unit and dimension(first.unit) != "count") or is_year(tokens[i].word):
        return None
    start = link[1]
    if tokens[start].kind == FIGURE and len(fields(tokens[start].word)[0]) > 1:
        return None
    second = _measure(tokens, start, grammar)
    if second is None or second.value < first.value or (second.amount.simple and second.unit is None):
        return None
    if is_year(tokens[start].word) and (second.unit is None or second.unit in _PLACES):
        return None
    if second.unit and dimension(second.unit) in ("time", "calendar", "percent"):
        return None
    left = first.value * second.amount.factor if first.amount.factor == 1 else first.value
    sure = not (first.amount.spelled and left == 1)  # "one of the four"
    return Found("ratio", (left, second.value), second.unit or first.unit, second.end, certain=sure)


def _fraction(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "hai phần ba", "two-thirds", "a quarter of", "một nửa", "half of", "gấp đôi", "twice"."""
    if span := grammar["named span"].at(tokens, i):
        amount, unit = span[0].split()
        return Found("quantity", Decimal(amount), unit, span[1], certain=False)
    if times := grammar["times"].at(tokens, i):
        return Found("quantity", Decimal(times[0]), "times", times[1], certain=False)
    role, value = grammar.numerals.get(tokens[i].word, ("", _HALF))
    if role == "leading half":
        following = tokens[i + 1].word
        article = grammar.lang == "en" and following in ("a", "an")
        halved = unit_at(tokens, i + 1 + article, grammar) if grammar.lang == "vi" or article else None
        if halved and (dimension(halved[0]) in _HALVED or halved[0] == "hour"):
            return Found("quantity", _HALF, halved[0], halved[1], certain=False)  # "nửa mét", "half an hour"
        led = following in grammar["half of"] or tokens[i - 1].word in grammar["before half"]
        if led and read_amount(tokens, i, grammar) is None:
            grown = tokens[i - 1].word == "by"  # "grew by half" is "gấp rưỡi"
            return Found("number", _HALF, None, i + 1, certain=not grown)
        return None
    if role not in ("digit", "article"):
        return None
    if tokens[i + 1].word == "nửa" and value == 1:
        return Found("number", _HALF, None, i + 2)
    if tokens[i + 1].word == "phần":
        over = grammar.numerals.get(tokens[i + 2].word, ("", _HALF))
        whole = Decimal(4) if tokens[i + 2].word == "tư" else over[1]
        if over[0] in ("digit", "after ten", "ten"):
            return Found("ratio", (value, whole), None, i + 3)
        return None
    hyphen = tokens[i + 1].word == "-"
    below = grammar["fraction"].at(tokens, i + 1 + hyphen)
    # "a quarter" and "two quarters" may be parts of a year.
    if below is None or (value in (1, 2) and below[0] == "4" and tokens[below[1]].word != "of"):
        return None
    if role == "article" and tokens[below[1]].word not in _PART_OF:
        return None
    if role == "digit" and value > 1 and not tokens[below[1] - 1].word.endswith(("s", "ves")):
        return None  # "six third prizes"
    if value == 1 and below[0] == "2":
        return Found("number", _HALF, None, below[1])
    return Found("ratio", (value, Decimal(below[0])), None, below[1])


def _one(tokens: list[Token], i: int, measure: _Measure, grammar: Grammar) -> Found | None:
    """A single amount, or None when its number word is no number here."""
    value, unit, end, amount = measure
    if unit == "day" and grammar.lang == "vi" and tokens[end].kind == FIGURE:  # "hai ngày 20 và 21/11"
        return Found(_kind(unit), value, unit, end, certain=False)
    if unit == "month" and _names_months(tokens, end):
        return Found("number", value, None, amount.end, certain=False)
    if grammar.lang == "vi" and _names_years(tokens, amount.end):  # "2 năm 2022, 2023"
        return Found(_kind(unit), value, unit, end, certain=False)
    if amount.spelled:
        return _spelled(tokens, i, measure, grammar)
    if is_year(tokens[i].word) and amount.end == i + 1:
        english = grammar.lang == "en" and dimension(unit) == "count"  # thousands carry a comma there
        if unit is None or unit in _PLACES or english:
            return Found("date", (int(tokens[i].word), None, None), None, amount.end)
    return Found(_kind(unit), value, unit, end)


def _with_months(tokens: list[Token], years: _Measure, grammar: Grammar) -> Found | None:
    """ "5 năm 6 tháng", "seven years and six months" as months, which "7.5 years" equals."""
    k = years.end + (tokens[years.end].word in ("and", "và", ","))
    if years.unit != "year" or (tokens[k].kind == WORD and tokens[k].word not in grammar.numerals):
        return None
    months = _measure(tokens, k, grammar)
    if months is None or months.unit != "month" or not months.value < _MONTHS:
        return None
    return Found("quantity", years.value * _MONTHS + months.value, "month", months.end)


def _names_months(tokens: list[Token], i: int) -> bool:
    """True before the months of "hai tháng 7 và 8/2023"."""
    listed = tokens[i].kind == FIGURE and tokens[i + 1].word in ("và", ",") and tokens[i + 2].kind == FIGURE
    return listed and small(tokens[i].word, 12) is not None


def _names_years(tokens: list[Token], i: int) -> bool:
    return tokens[i].word == "năm" and tokens[i + 1].kind == FIGURE and is_year(tokens[i + 1].word[:4])


def _spelled(tokens: list[Token], i: int, measure: _Measure, grammar: Grammar) -> Found | None:
    """Number words count only before a unit or when composed; a bare "hai" or "two" merely may."""
    value, unit, end, amount = measure
    token = tokens[i]
    if not amount.simple:
        return Found(_kind(unit), value, unit, end)
    if unit is None:
        return None if token.word in _DOUBTFUL else Found("number", value, None, end, certain=value > 10)
    # "năm tháng" is poetry for time gone by, but for "sau năm tháng" and "năm tháng đầu năm".
    poetry = token.word == "năm" and unit == "month" and not grammar["before span"].before(tokens, i)
    if poetry and tokens[end].word not in ("đầu", "cuối", "qua", "liền"):
        return None
    return Found(_kind(unit), value, unit, end, certain=value != 1 and tokens[i - 1].word != "cả")


def _kind(unit: str | None) -> Kind:
    if unit is None:
        return "number"
    named: dict[str, Kind] = {"percent": "percent", "money": "money"}
    return named.get(dimension(unit) or "", "quantity")
