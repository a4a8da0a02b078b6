"""One claim in figures, as a comparable value with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from ntmsum.article import Span

Lang: TypeAlias = Literal["vi", "en"]
Kind: TypeAlias = Literal[
    "number",
    "percent",
    "money",
    "quantity",
    "ratio",
    "range",
    "date",
    "period",
    "document",
    "grade",
    "ordinal",
    "time",
]
#: (year, month, day); None where the text does not say.
Date: TypeAlias = tuple[int | None, int | None, int | None]
#: (number, year, code) of an official document, a road or any other name made of letters and digits.
Reference: TypeAlias = tuple[str, str | None, str | None]
Value: TypeAlias = Decimal | tuple[Decimal, Decimal] | Date | tuple[Date, Date] | tuple[int, int] | Reference


@dataclass(frozen=True, slots=True)
class Fact:
    """What a stretch of text claims in figures.

    Args:
        kind: what sort of claim it is.
        value: ``Decimal`` for number, percent, money, quantity, grade and ordinal; a pair of them for ratio
            and range; ``(year, month, day)`` for date; a pair of dates for period (and for a range of days,
            whose unit is ``"date"``); ``(hour, minute)`` for time; ``(number, year, code)`` for document.
        unit: canonical id of ``units.csv``, with ``/`` for rates (``"kg/person/year"``); ``"start"``,
            ``"mid"`` or ``"end"`` for the part of a period; ``"clock"`` for a time that is fixed within
            24 hours; the sort of document (``"resolution"``, ``"highway"``, ``"code"``); None when unsaid.
        approx: ``"over"``, ``"nearly"``, ``"about"``, ``"at least"``, ``"at most"``, ``"under"`` or None.
        text: the words, as written, without the approximating word.
        span: where they stand in the text that was read, in code points.
        certain: False for readings that may be no claim at all (a spelled-out one, a bare "hai" or "two",
            "first", "cuối năm"): these support other facts but are never reported themselves.
    """

    kind: Kind
    value: Value
    unit: str | None
    approx: str | None
    text: str
    span: Span
    certain: bool = True
