"""A Vietnamese sentence put the way a small translation model reads it rightly; what it says stays the same."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from ntmsum.tables import load_toml
from ntmsum.words import CAPITALS

# "3 vạn lượt khách": English counts no ten-thousands, and a model takes the word for a thousand.
_MYRIADS = re.compile(r"(?<![\w.,])(?P<n>\d{1,3}(?:,\d{1,3})?) vạn(?!\w)(?! (?:[A-ZĐ]|niên))")
_TEN_THOUSAND = 10_000


def pre_edit(source: str) -> str:
    """The sentence with ten-thousands in figures and the wordings of the table (``preedit.toml``) replaced.

    Args:
        source: a normalized Vietnamese sentence.
    """
    text = _MYRIADS.sub(_figures, source)
    for pattern, by in _rewrites():
        text = pattern.sub(by, text)
    return text[:1].upper() + text[1:] if source[:1].isupper() else text


def _figures(match: re.Match[str]) -> str:
    number = Decimal(match["n"].replace(",", ".")) * _TEN_THOUSAND
    return f"{int(number):,}".replace(",", ".")


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: list[dict[str, Any]] = load_toml(__package__, "preedit.toml")["rewrite"]
    return tuple((re.compile(row["pattern"].replace("CAPITALS", CAPITALS)), row["by"]) for row in table)
