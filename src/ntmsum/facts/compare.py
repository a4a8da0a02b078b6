"""When two facts say the same: the one place that decides it.

* Amounts (number, percent, money, quantity) agree when their values are equal after the units' factors and
  the units agree (:func:`ntmsum.facts.units.units_agree`). Approximating words never decide, they only soften.
* Ordinals, grades and bare numbers of equal value agree loosely ("khóa XIII", "13th tenure", "Term 13").
* A half, 50% and 1/2 agree loosely; so do a year and a bare number, a day and a share written with the same
  figures ("2/9"), a document known by number and that bare number.
* Dates: a claim needs evidence that has every part it states, month and day above all; the year may be
  unsaid on one side, but never differ. A claimed year is supported by any date or period with that year.
* Periods agree when their ends agree; "late 2020" and a bare "2020" agree loosely, "late" and "early" do not.
* Sub-facts: a ratio's numbers and the ends of a range or period support claims on their own, and a composite
  claim is supported when both its parts are.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from ntmsum.facts.fact import Date, Fact, Kind, Reference, Value
from ntmsum.facts.units import dimension, in_base_units, units_agree

Soft = tuple[str, ...]
Key = tuple[object, ...]

_AMOUNTS = frozenset({"number", "percent", "money", "quantity"})
_NUMBERED = frozenset({"ordinal", "grade"})
_HUNDRED = Decimal(100)
_HALF_DAY = 12


def agree(claim: Fact, evidence: Fact) -> Soft | None:
    """How far ``evidence`` supports ``claim`` as a whole.

    Returns:
        ``()`` when they say the same; the names of the harmless differences (``"approx"``, ``"unit"``,
        ``"kind"``, ``"precision"``) when they loosely do; None when they do not.
    """
    soft = _agree(claim, evidence)
    if soft is None:
        soft = _agree_across(claim, evidence) or _agree_across(evidence, claim)
    if soft is not None and claim.approx != evidence.approx:
        return (*soft, "approx")
    return soft


def _agree(claim: Fact, evidence: Fact) -> Soft | None:
    a, b = claim.value, evidence.value
    kinds = {claim.kind, evidence.kind}
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        if kinds <= _AMOUNTS:
            return _amounts(a, claim.unit, b, evidence.unit)
        count = dimension(claim.unit or evidence.unit) == "count"  # "thứ 5/63 tỉnh", "fifth among 63"
        bare = kinds - _NUMBERED <= ({"number", "quantity"} if count else {"number"}) and a == b
        return (() if claim.kind == evidence.kind else ("kind",)) if bare else None
    if claim.kind != evidence.kind:
        if kinds == {"date", "period"}:
            return _date_and_period(claim, evidence)
        return None
    if claim.kind == "date":
        return _dates(cast(Date, a), cast(Date, b))
    if claim.kind == "period" or "date" in (claim.unit, evidence.unit):
        return _periods(claim, evidence)
    if claim.kind == "time":
        return _times(claim, evidence)
    if claim.kind == "document":
        return _references(claim, evidence)
    softs = [
        _amounts(one, claim.unit, other, evidence.unit)
        for one, other in zip(
            cast("tuple[Decimal, Decimal]", a), cast("tuple[Decimal, Decimal]", b), strict=True
        )
    ]
    return None if None in softs else softs[0]


def _amounts(a: Decimal, unit: str | None, b: Decimal, other: str | None) -> Soft | None:
    soft = units_agree(unit, other)
    if soft is None:
        # "một nửa" and "50%"
        share = {dimension(unit), dimension(other)} == {None, "percent"} and min(a, b) * _HUNDRED == max(a, b)
        return ("kind",) if share and min(a, b) < 1 else None
    if a == b and (unit is None or other is None or unit.partition("/")[0] == other.partition("/")[0]):
        return soft
    return soft if in_base_units(a, unit) == in_base_units(b, other) else None


def _dates(claim: Date, evidence: Date) -> Soft | None:
    for stated, known in zip(claim[1:], evidence[1:], strict=True):
        if stated is not None and stated != known:
            return None
    if claim[0] is not None and evidence[0] is not None and claim[0] != evidence[0]:
        return None
    if not any(stated is not None and stated == known for stated, known in zip(claim, evidence, strict=True)):
        return None
    return () if claim == evidence else ("precision",)


def _periods(claim: Fact, evidence: Fact) -> Soft | None:
    if claim.unit and evidence.unit and claim.unit != evidence.unit:
        return None
    ends = zip(cast("tuple[Date, Date]", claim.value), cast("tuple[Date, Date]", evidence.value), strict=True)
    softs = []
    for a, b in ends:
        both_years = a[0] is not None and b[0] is not None
        if a[1:] != b[1:] or (both_years and a[0] != b[0]):
            return None
        softs.append(() if a == b else ("precision",))
    return softs[0] if claim.unit == evidence.unit else ("precision",)


def _date_and_period(claim: Fact, evidence: Fact) -> Soft | None:
    """A year or month against a period that names it; a vague part of a year against the bare year."""
    period, date = (claim, evidence) if claim.kind == "period" else (evidence, claim)
    start, end = cast("tuple[Date, Date]", period.value)
    one = cast(Date, date.value)
    if claim.kind == "period":
        return ("precision",) if start == end == one else None
    return ("precision",) if any(_dates(one, edge) is not None for edge in (start, end)) else None


def _times(claim: Fact, evidence: Fact) -> Soft | None:
    (h, m), (hour, minute) = cast("tuple[int, int]", claim.value), cast("tuple[int, int]", evidence.value)
    if m != minute:
        return None
    if h == hour:
        return ()
    unmarked = claim.unit is None or evidence.unit is None
    return ("precision",) if unmarked and h % _HALF_DAY == hour % _HALF_DAY else None


def _references(claim: Fact, evidence: Fact) -> Soft | None:
    a, b = cast(Reference, claim.value), cast(Reference, evidence.value)
    if a[0] != b[0] or (claim.unit and evidence.unit and claim.unit != evidence.unit):
        return None
    if any(x and y and x != y for x, y in zip(a[1:], b[1:], strict=True)):
        return None
    return () if a == b else ("precision",)


def _agree_across(one: Fact, other: Fact) -> Soft | None:
    """Facts of different kinds that are the same figures read in two ways."""
    if one.kind == "date":
        year, month, day = cast(Date, one.value)
        counts = other.kind == "number" or dimension(other.unit) == "count"
        if counts and year is not None and month is None and day is None and other.value == year:
            return ("kind",)
        if other.kind in ("number", "ordinal") and month is None and year is None and other.value == day:
            return ("kind",)
        if (
            other.kind in ("ratio", "range")
            and other.unit is None
            and year is None
            and other.value == (day, month)
        ):
            return ("kind",)
    if one.kind == "period" and other.unit == "month":  # "sáu tháng đầu năm" and "the first six months"
        months = _months(cast("tuple[Date, Date]", one.value)) if one.unit is None else None
        return ("kind",) if months is not None and other.value == months else None
    if one.kind == "ordinal" and other.unit == "year":  # "25th anniversary"
        return ("kind",) if one.value == other.value else None
    if one.kind == "time" and other.unit == "hour":
        hour, minute = cast("tuple[int, int]", one.value)
        return ("kind",) if minute == 0 and other.value == hour else None
    if one.kind == "ratio" and isinstance(other.value, Decimal) and other.kind in ("number", "percent"):
        part, whole = cast("tuple[Decimal, Decimal]", one.value)
        share = other.value / _HUNDRED if other.kind == "percent" else other.value
        return ("kind",) if share < 1 and whole and share * whole == part else None
    if (
        one.kind == "document"
        and other.kind in ("number", "grade", "ordinal")
        and isinstance(other.value, Decimal)
    ):
        return ("kind",) if cast(Reference, one.value)[0] == f"{other.value:f}" else None
    return None


def parts(fact: Fact) -> tuple[Fact, ...]:
    """The facts inside a composite one: both numbers of a ratio, both ends of a range or period."""
    if fact.kind in ("ratio", "range") and fact.unit != "date":
        kind: Kind = "quantity" if fact.unit else "number"
        return tuple(
            _part(fact, kind, number, fact.unit) for number in cast("tuple[Decimal, Decimal]", fact.value)
        )
    if fact.kind == "time" and fact.unit is None:  # "3 giờ 42 phút" may be a while
        clock = zip(cast("tuple[int, int]", fact.value), ("hour", "minute"), strict=True)
        return tuple(_part(fact, "quantity", Decimal(number), unit) for number, unit in clock)
    if fact.kind == "range" or (fact.kind == "period" and fact.unit is None):
        return tuple(_part(fact, "date", date, None) for date in cast("tuple[Date, Date]", fact.value))
    return ()


def _part(fact: Fact, kind: Kind, value: Value, unit: str | None) -> Fact:
    return replace(fact, kind=kind, value=value, unit=unit)


def keys(fact: Fact) -> set[Key]:
    """What a fact can be found by: two facts that agree share at least one key."""
    value = fact.value
    if isinstance(value, Decimal):
        found: set[Key] = {("n", value), ("n", in_base_units(value, fact.unit))}
        return found | {("n", value / _HUNDRED)} if fact.kind == "percent" else found
    if fact.kind == "date":
        return _date_keys(cast(Date, value))
    if fact.kind == "period" or fact.unit == "date":
        first, last = cast("tuple[Date, Date]", value)
        months = _months((first, last)) if fact.kind == "period" and fact.unit is None else None
        counted: set[Key] = {("n", Decimal(months))} if months else set()
        return _date_keys(first) | _date_keys(last) | {("p", first[1:], last[1:])} | counted
    if fact.kind == "document":
        number = cast(Reference, value)[0]
        return {("doc", number)} | (
            {("n", Decimal(number))} if number.isascii() and number.isdigit() else set()
        )
    if fact.kind == "time":
        hour, minute = cast("tuple[int, int]", value)
        return {("t", hour % _HALF_DAY, minute)} | ({("n", Decimal(hour))} if minute == 0 else set())
    left, right = cast("tuple[Decimal, Decimal]", value)
    found = {("r", left, right), ("r", in_base_units(left, fact.unit), in_base_units(right, fact.unit))}
    if fact.kind == "ratio" and right and left < right:
        found |= {("n", left / right)}
    return found


def _months(period: tuple[Date, Date]) -> int | None:
    """How many months the first or last part of a year has."""
    (year, first, _), (other, last, _) = period
    if first is None or last is None or year != other or (first != 1 and last != 12):
        return None
    return last - first + 1


def _date_keys(date: Date) -> set[Key]:
    year, month, day = date
    found: set[Key] = set()
    if year is not None:
        found |= {("y", year)}
        if month is None:
            found |= {("n", Decimal(year))}
    if month is not None:
        found |= {("m", month, day), ("m", month, None)}
    if day is not None:
        found |= (
            {("r", Decimal(day), Decimal(month))} if month is not None else {("n", Decimal(day)), ("d", day)}
        )
    return found
