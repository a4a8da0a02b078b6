"""What a reading rule hands back before it becomes a Fact."""

from __future__ import annotations

from dataclasses import dataclass

from ntmsum.facts.fact import Kind, Value


@dataclass(frozen=True, slots=True)
class Found:
    """A reading that begins at the token the rule was asked about.

    Args:
        kind: as in :class:`Fact`; None for tokens that are to be skipped as a whole.
        value: as in :class:`Fact`; None for skipped tokens.
        unit: as in :class:`Fact`.
        end: index of the token after it.
        certain: as in :class:`Fact`.
        amount: index of the token where the amount begins, when words such as "từ" stand before it.
    """

    kind: Kind | None
    value: Value | None
    unit: str | None
    end: int
    certain: bool = True
    amount: int | None = None
