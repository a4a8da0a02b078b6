"""The unit after a number, its rates ("kg/người/năm", "tonnes per hectare"), and which units agree."""

from __future__ import annotations

from decimal import Decimal

from ntmsum.facts.tables import Grammar, load_units
from ntmsum.facts.tokens import FIGURE, WORD, Token, fields, glued, is_year

_LOW_ROMANS = frozenset({"i", "ii", "iii", "iv", "v"})
_ONE = frozenset({"1", "one", "a"})
_MOST_RATES = 3
_MOST_ADJECTIVES = 2
# "VND60 million a year": the article means "per" only before these.
RATE_DIMENSIONS = frozenset({"time", "calendar", "area", "mass", "volume"})


def read_unit(
    tokens: list[Token], i: int, grammar: Grammar, *, adjectives: bool = True
) -> tuple[str, int] | None:
    """The unit that begins at token ``i``, rates included, and the index after it.

    Args:
        tokens: the text.
        i: where the number ended.
        grammar: the tables of the text's language.
        adjectives: whether an English count noun may stand behind up to two adjectives ("five mountainous
            communes").
    """
    hyphen = grammar.lang == "en" and tokens[i].word == "-" and glued(tokens, i) and glued(tokens, i + 1)
    found = unit_at(tokens, i + 1 if hyphen else i, grammar)
    if found is None and adjectives and grammar.lang == "en":
        found = _noun_behind_adjectives(tokens, i, grammar)
    if found is None or (grammar.lang == "en" and _is_label(tokens, found[1])):
        return None
    unit, end = found
    if (
        unit == "second"
        and tokens[end - 1].word == "second"
        and not hyphen
        and tokens[i - 1].word not in _ONE
    ):
        return None  # "four second prizes"
    if grammar.lang == "en" and not hyphen:
        unit, end = _last_of_compound(tokens, unit, end, grammar)
    rates: list[str] = []
    for _ in range(_MOST_RATES):
        rate = _rate(tokens, end, grammar)
        if rate is None:
            break
        rates.append(rate[0])
        end = rate[1]
    return "/".join([unit, *sorted(set(rates))]), end


def _is_label(tokens: list[Token], end: int) -> bool:
    """True for "two Region III communes": the capitalized noun and its number are a name."""
    numbered = tokens[end].kind == FIGURE or (tokens[end].capital and tokens[end].word in _LOW_ROMANS)
    return tokens[end - 1].capital and numbered


def _last_of_compound(tokens: list[Token], unit: str, end: int, grammar: Grammar) -> tuple[str, int]:
    """The noun that is counted in "two family members", "30 farm households"."""
    last = unit_at(tokens, end, grammar)
    if last is None or tokens[end - 1].word.endswith("s"):
        return unit, end
    return last if dimension(unit) == dimension(last[0]) == "count" else (unit, end)


def unit_at(tokens: list[Token], i: int, grammar: Grammar) -> tuple[str, int] | None:
    """The unit whose form begins exactly at token ``i``, without rates."""
    found = grammar.unit_forms.at(tokens, i)
    if found is None:
        return None
    unit, end = found
    if unit in grammar.unit_vetoes and tokens[end].word in grammar.unit_vetoes[unit]:
        return None
    # "tăng 5 năm 2020": the year is named, not counted; "3 năm 2021-2023" are counted.
    named = is_year(tokens[end].word[:4]) and len(fields(tokens[end].word)[0]) == 1
    return None if unit == "year" and named and grammar.lang == "vi" else found


def _noun_behind_adjectives(tokens: list[Token], i: int, grammar: Grammar) -> tuple[str, int] | None:
    units = load_units()
    for skipped in range(_MOST_ADJECTIVES):
        token = tokens[i + skipped]
        if token.kind != WORD or token.word in grammar["stop"] or token.word in grammar.numerals:
            return None
        noun = unit_at(tokens, i + skipped + 1, grammar)
        if noun and units[noun[0]].dimension == "count":
            return noun
    return None


def _rate(tokens: list[Token], i: int, grammar: Grammar) -> tuple[str, int] | None:
    if fixed := grammar["rate"].at(tokens, i):
        return fixed
    if per := grammar["per"].at(tokens, i):
        return unit_at(tokens, per[1], grammar)
    if per := grammar["per time"].at(tokens, i):
        found = unit_at(tokens, per[1], grammar)
        return found if found and load_units()[found[0]].dimension in RATE_DIMENSIONS else None
    return None


def dimension(unit: str | None) -> str | None:
    """The dimension of a unit without its rates; None for no unit or one that is no row of the table."""
    row = load_units().get(unit.partition("/")[0]) if unit else None
    return row.dimension if row else None


def in_base_units(value: Decimal, unit: str | None) -> Decimal:
    """``value`` in the base units of its dimension (kg, m, m², l …) with rates by area likewise per m²."""
    if unit is None:
        return value
    units = load_units()
    head, *rates = unit.split("/")
    row = units.get(head)
    if row and row.factor:
        value = value * row.factor
    for rate in rates:
        per = units.get(rate)
        if per and per.dimension == "area" and per.factor:
            value = value / per.factor
    return value


def units_agree(one: str | None, other: str | None) -> tuple[str, ...] | None:
    """Whether two units may count the same thing: ``()`` plainly, ``("unit",)`` loosely, None not.

    No unit agrees loosely with any unit except percent. A wider unit agrees loosely with a narrower one
    (people and pupils), and so do any two counted things ("97 hồ sơ" and "97 late cases") that the table does
    not hold apart: languages count the same things with different nouns. Units of one dimension agree when
    both have a fixed factor; a rate that one side leaves out ("đồng/người/năm" and "VND a year") agrees
    loosely, one that contradicts does not.
    """
    if one == other:
        return ()
    if one is None or other is None:
        return None if dimension(one or other) == "percent" else ("unit",)
    head, *rates = one.split("/")
    other_head, *other_rates = other.split("/")
    own, others = _rate_dimensions(rates), _rate_dimensions(other_rates)
    if not (own <= others or others <= own):
        return None
    soft = () if own == others else ("unit",)
    if head == other_head:
        return soft
    units = load_units()
    if head not in units or other_head not in units:
        return None
    if _within(head, other_head) or _within(other_head, head):
        return ("unit",)
    left, right = units[head], units[other_head]
    if left.dimension == right.dimension == "count":
        multiple = "times" in (head, other_head) and "turn" not in (head, other_head)
        return None if multiple or _apart(head, other_head) else ("unit",)
    fixed = left.factor is not None and right.factor is not None
    if left.dimension == right.dimension and fixed and left.dimension != "money":
        return soft
    return None


def _rate_dimensions(rates: list[str]) -> set[str]:
    return {"area" if dimension(rate) == "area" else rate for rate in rates}


def related(one: str | None, other: str | None) -> bool:
    """True when one unit is, or is a kind of, the other; and when either is not said."""
    if one is None or other is None:
        return True
    head, other_head = one.partition("/")[0], other.partition("/")[0]
    known = head in load_units() and other_head in load_units()
    return head == other_head or (known and (_within(head, other_head) or _within(other_head, head)))


def _within(unit: str, wider: str) -> bool:
    return wider in _line(unit)[1:]


def _apart(one: str, other: str) -> bool:
    """True when the table holds the two, or wider units of them, apart."""
    units = load_units()
    line, other_line = _line(one), _line(other)
    return any(b in units[a].apart or a in units[b].apart for a in line for b in other_line)


def _line(unit: str) -> list[str]:
    """The unit and the wider units that also cover it."""
    units = load_units()
    line = [unit]
    while parent := units[line[-1]].parent:
        line.append(parent)
    return line
