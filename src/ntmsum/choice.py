"""Choosing among hypotheses by the facts they keep, at a bounded loss of likelihood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ntmsum.engines.base import Hypothesis

# Nats per token that a more faithful hypothesis may be less likely than the likeliest one. Beyond this
# the text is usually broken in other ways (measured in benchmarks/choosing.py).
MAX_LOSS = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a hypothesis, worst first: broken text, facts lost or invented, lesser misses."""

    faults: tuple[str, ...] = ()
    facts: int = 0
    misses: float = 0.0

    @property
    def clean(self) -> bool:
        """True when neither the text nor its facts have a fault."""
        return not self.faults and not self.facts

    @property
    def cost(self) -> tuple[int, int, float]:
        """Ordering: the smaller the better."""
        return (len(self.faults), self.facts, self.misses)


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen text and why it stands: its verdict and its rank by likelihood (0 is the likeliest)."""

    text: str
    score: float
    verdict: Verdict
    rank: int


def choose(hypotheses: Sequence[Hypothesis], judge: Callable[[str], Verdict], max_tokens: int) -> Choice:
    """The hypothesis with the least serious faults; the likelier one where two are equal.

    Args:
        hypotheses: best first, at least one.
        judge: gives the verdict on a text.
        max_tokens: a hypothesis of this length was cut off, which is a fault of its own.
    """
    floor = hypotheses[0].score - MAX_LOSS
    choices = []
    for rank, h in enumerate(hypotheses):
        if h.score >= floor or rank == 0:
            verdict = judge(h.text)
            if h.tokens >= max_tokens:
                verdict = replace(verdict, faults=(*verdict.faults, "cut"))
            choices.append(Choice(h.text, h.score, verdict, rank))
    return min(choices, key=lambda c: (c.verdict.cost, c.rank))
