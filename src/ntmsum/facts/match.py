"""What one text claims against what another knows: pairs, unsupported claims, and what went missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from ntmsum.facts.compare import Key, Soft, agree, keys, parts
from ntmsum.facts.fact import Fact
from ntmsum.facts.units import dimension, in_base_units, units_agree

Change: TypeAlias = Literal["value", "unit", "magnitude"]

# How many known facts of one sort are looked through for the likeliest original of an altered one.
_MOST_CANDIDATES = 64
# Beyond so many unsupported claims nobody asks what each was altered from.
_MOST_ALTERED = 1000
_DATED = frozenset({"date", "period", "range", "time"})


class Pair(NamedTuple):
    """A claim and the known fact that supports it; ``soft`` names their harmless differences.

    ``soft`` may hold "approx", "unit", "kind", "precision" (see :func:`ntmsum.facts.compare.agree`) and
    "part" (one side is part of the other: 16 and 14/16).
    """

    claimed: Fact
    known: Fact
    soft: Soft


@dataclass(frozen=True)
class Matching:
    """The outcome of :func:`match_facts`; every fact in it is one of the objects handed in.

    Args:
        pairs: supported claims, in order of the claims.
        unsupported: claims that nothing known supports.
        missing: known facts that no claim carries.
        alterations: by ``id`` of an unsupported claim, the known fact it looks altered from and what changed.
    """

    pairs: tuple[Pair, ...]
    unsupported: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    alterations: Mapping[int, tuple[Fact, Change]]

    def nearest(self, claim: Fact) -> Fact | None:
        """The known fact that an unsupported claim looks altered from, or None when it looks invented."""
        found = self.alterations.get(id(claim))
        return found[0] if found else None

    def change(self, claim: Fact) -> Change | None:
        """What was altered: the value, the unit, or the order of magnitude."""
        found = self.alterations.get(id(claim))
        return found[1] if found else None


def match_facts(claimed: Sequence[Fact], known: Sequence[Fact]) -> Matching:
    """Look up every claim among the known facts and every known fact among the claims.

    A known fact may support several claims (a summary may repeat a figure), and a claim may carry several
    known facts; a known "1 thị trấn" is never missing. Uncertain facts support but are not
    reported, except bare number words that differ on both sides.
    What agrees is decided in :mod:`ntmsum.facts.compare`. Time grows with the number of facts, not with
    its square.

    Args:
        claimed: what a summary or translation says, in either language.
        known: what its source says, in either language.
    """
    evidence, claims = _Index(known), _Index(claimed)
    pairs: list[Pair] = []
    unsupported: list[Fact] = []
    for claim in claimed:
        support = evidence.support(claim)
        if support:
            pairs.append(Pair(claim, *support))
        else:
            unsupported.append(claim)
    missing = [fact for fact in known if not _single(fact) and not claims.support(fact)]
    if not (any(map(_bare_word, unsupported)) and any(map(_bare_word, missing))):
        unsupported, missing = _certain(unsupported), _certain(missing)
    else:  # "two" alone may be no claim, but where one side lost a "hai" and the other gained a "three" it was
        unsupported = [fact for fact in unsupported if fact.certain or _bare_word(fact)]
        missing = [fact for fact in missing if fact.certain or _bare_word(fact)]
    return Matching(
        tuple(pairs), tuple(unsupported), tuple(missing), _alterations(unsupported, missing, known)
    )


def _certain(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.certain]


def _bare_word(fact: Fact) -> bool:
    """A spelled-out number above one whose noun is in no table."""
    return not fact.certain and fact.kind == "number" and fact.value != 1


def _single(fact: Fact) -> bool:
    """One of something: a text says "a township", "per hectare", or leaves it to the grammar."""
    return fact.value == 1 and dimension(fact.unit) not in ("money", "percent")


class _Index:
    """Facts by their keys; facts that say the same are kept once, so that lookups stay short."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._whole: dict[Key, list[Fact]] = defaultdict(list)
        self._parts: dict[Key, list[tuple[Fact, Fact]]] = defaultdict(list)
        self._years: set[Key] = set()
        seen: set[tuple[object, ...]] = set()
        for fact in facts:
            said = (fact.kind, fact.value, fact.unit, fact.approx)
            if said in seen:
                continue
            seen.add(said)
            for key in keys(fact):
                self._whole[key].append(fact)
                if key[0] == "y":
                    self._years.add(key)
            for part in parts(fact):
                for key in keys(part):
                    self._parts[key].append((part, fact))

    def support(self, claim: Fact) -> tuple[Fact, Soft] | None:
        """The fact here that supports ``claim`` best, with the differences."""
        direct = self._direct(claim)
        if direct:
            return direct
        pieces = parts(claim)
        supports = [self._direct(piece) for piece in pieces]
        if pieces and all(supports) and supports[0]:
            return supports[0][0], ("part",)
        return None

    def _direct(self, claim: Fact) -> tuple[Fact, Soft] | None:
        best: tuple[Fact, Soft] | None = None
        own = keys(claim)
        for key in own:
            for fact in self._whole.get(key, ()):
                soft = agree(claim, fact)
                if soft is not None and (best is None or len(soft) < len(best[1])):
                    best = fact, soft
        if best is None:
            for key in own:
                for part, fact in self._parts.get(key, ()):
                    if agree(claim, part) is not None:
                        return fact, ("part",)
        return best if best is None or self._years_known(claim, best[1]) else None

    def _years_known(self, claim: Fact, soft: Soft) -> bool:
        """A year that the supporting fact leaves unsaid must occur elsewhere, where years are said at all."""
        if "precision" not in soft or not self._years:
            return True
        return all(key in self._years for key in keys(claim) if key[0] == "y")


def _alterations(
    unsupported: Sequence[Fact], missing: Sequence[Fact], known: Sequence[Fact]
) -> dict[int, tuple[Fact, Change]]:
    found: dict[int, tuple[Fact, Change]] = {}
    pools = [_Candidates(missing), _Candidates(known)] if unsupported else []
    for claim in unsupported[:_MOST_ALTERED]:
        for pool in pools:
            if nearest := pool.nearest(claim):
                found[id(claim)] = nearest
                break
    return found


class _Candidates:
    """Known facts by what an alteration leaves alone: the digits, or the sort of unit."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._by_digits: dict[str, list[Fact]] = defaultdict(list)
        self._by_sort: dict[object, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._add(self._by_digits[_digits(fact)], fact)
            self._add(self._by_sort[_sort(fact)], fact)

    @staticmethod
    def _add(group: list[Fact], fact: Fact) -> None:
        if len(group) < _MOST_CANDIDATES:
            group.append(fact)

    def nearest(self, claim: Fact) -> tuple[Fact, Change] | None:
        same_digits = self._by_digits.get(_digits(claim), ()) if claim.kind not in _DATED else ()
        for fact in same_digits:
            if fact.kind not in _DATED and _same_sort(claim, fact):
                return fact, "magnitude"
        for fact in same_digits:
            if fact.value == claim.value:
                return fact, "unit"
        group = self._by_sort.get(_sort(claim), ())
        ranked = sorted((_distance(claim, fact), n) for n, fact in enumerate(group))
        return (group[ranked[0][1]], "value") if ranked else None


def _digits(fact: Fact) -> str:
    if isinstance(fact.value, Decimal):
        return _significant(in_base_units(fact.value, fact.unit) if fact.unit else fact.value)
    return "/".join(_significant(v) if isinstance(v, Decimal) else str(v) for v in fact.value)


def _significant(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).strip("0") or "0"


def _same_sort(claim: Fact, fact: Fact) -> bool:
    return units_agree(claim.unit, fact.unit) is not None


def _sort(fact: Fact) -> object:
    if fact.kind in ("date", "period", "time", "document", "grade", "ordinal"):
        return "date" if fact.kind == "period" else fact.kind
    group = dimension(fact.unit)
    if group == "count" and fact.unit:
        group = fact.unit.partition("/")[0]
    return fact.kind if fact.kind in ("ratio", "range") else "amount", group


def _distance(claim: Fact, fact: Fact) -> tuple[int, int]:
    """Fewest different parts, then fewest different characters."""
    one, other = _written(claim), _written(fact)
    fields = sum(a != b for a, b in zip(one.split("/"), other.split("/"), strict=False))
    letters = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
    return fields, letters


def _written(fact: Fact) -> str:
    if isinstance(fact.value, Decimal):
        return f"{fact.value:f}"
    return "/".join(str(part) for part in fact.value)
