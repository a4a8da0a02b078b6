"""Figures that the other language need not write: "hai bản Huổi Lóng và Nậm Mu", "100% số xã"."""

from __future__ import annotations

import re

from ntmsum.facts.fact import Fact

_HUNDRED = 100
_ALL = re.compile(
    r"\b(?:all|every|entire|entirely|full|fully|whole|toàn bộ|tất cả|mọi|hết|cả|toàn|đều)\b", re.IGNORECASE
)


def says_all(fact: Fact, other: str) -> bool:
    """True for the "100%" that the other language writes "all"."""
    return fact.kind == "percent" and fact.value == _HUNDRED and _ALL.search(other) is not None


def enumerated(fact: Fact, text: str, claimed: bool) -> bool:
    """True for the "hai" of "hai bản Huổi Lóng và Nậm Mu": who names both need not count them.

    Nor need "hai bệnh nhân nằm chung giường" be counted, unless another number is ``claimed`` instead.
    """
    few = fact.kind == "quantity" and fact.value in (2, 3)
    if few and fact.text[:1].isalpha() and not claimed:
        return True
    return few and text[fact.span.end : fact.span.end + 2].strip()[:1].isupper()
