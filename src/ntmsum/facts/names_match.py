"""Which claimed names the source supports, which it does not, and which were lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntmsum.article import Span
from ntmsum.facts.names_type import Name

_LONGEST_PART = 6
# A single word of this length is no Vietnamese syllable ("Dalat Marathon" supports "Dalat").
_LONG_WORD = 5
_MAX_CANDIDATES = 500
# Level words that English uses for one another.
_SAME_LEVEL = (
    frozenset({"district", "urban district"}),
    frozenset({"town", "township", "city"}),
    frozenset({"commune", "hamlet"}),
)


@dataclass(frozen=True, slots=True)
class NamePair:
    """A claimed name and the known one that supports it.

    Args:
        claimed: the name in the text that is checked.
        known: the name in the source.
        level_changed: True when both are places of different levels ("huyện Kim Bảng", "Kim Bang Commune").
    """

    claimed: Name
    known: Name
    level_changed: bool = False


@dataclass(frozen=True, slots=True)
class NameMatching:
    """What ``match_names`` found.

    Args:
        pairs: supported names.
        unsupported: claimed names that the source does not have, each with the known name it was most
            likely altered from, or None.
        missing: known names that the claim does not have.
    """

    pairs: tuple[NamePair, ...]
    unsupported: tuple[tuple[Name, Name | None], ...]
    missing: tuple[Name, ...]


def match_names(claimed: Sequence[Name], known: Sequence[Name]) -> NameMatching:
    """Compare the names of a text with those of its source, without regard to marks and spaces.

    A part of a longer known name supports a claimed one of two words or more; a single word is supported
    by the full name of which it is the last word (Mr Hùng by Nguyễn Văn Hùng), unless a level makes it a place
    (Hoa Commune is not Mỹ Hòa).

    Args:
        claimed: names of the text that is checked, in Vietnamese or English.
        known: names of the source.
    """
    sources = _Index(known)
    claims = _Index(claimed)
    pairs: list[NamePair] = []
    unsupported: list[tuple[Name, Name | None]] = []
    candidates = list({k.joined: k for k in known if len(k.joined) > 2}.values())[:_MAX_CANDIDATES]
    for name in claimed:
        supports = sources.supporting(name)
        if supports:
            pairs.append(_pair(name, supports))
        elif name.certain and not sources.composes(name):
            near = next(iter(sources.ending_in(name)), None)
            if near is None and len(unsupported) < _MAX_CANDIDATES:
                near = _nearest(name, candidates)
            unsupported.append((name, near))
    altered = _altered(claimed, known, sources, claims)
    unsupported += altered
    kept = {name.joined for _, name in altered} | {pair.known.joined for pair in pairs}
    missing: dict[str, Name] = {}
    for name in known:
        # A lone given name may well have become "he" or "she".
        reported = name.certain and not (name.kind == "person" and len(name.words) == 1)
        if reported and name.joined not in kept and not claims.mentions(name):
            missing.setdefault(name.joined, name)
    unsupported.sort(key=lambda entry: entry[0].span.start)
    return NameMatching(tuple(pairs), tuple(unsupported), tuple(missing.values()))


class _Index:
    """Names by their whole key, by every run of words inside it, and by their last word."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.whole: dict[str, list[Name]] = {}
        self.parts: dict[str, list[Name]] = {}
        self.sorted: dict[str, list[Name]] = {}
        self.last: dict[str, list[Name]] = {}
        seen: set[tuple[str, str]] = set()
        for name in names:
            words = name.words[:32]
            if not words or (name.key, name.level) in seen:
                continue
            seen.add((name.key, name.level))
            self.whole.setdefault(name.joined, []).append(name)
            self.sorted.setdefault(" ".join(sorted(words)), []).append(name)
            self.last.setdefault(words[-1], []).append(name)
            for word in words:
                if len(word) >= _LONG_WORD:
                    self.parts.setdefault(word, []).append(name)
            for i in range(len(words)):
                for j in range(i + 2, min(len(words), i + _LONGEST_PART) + 1):
                    self.parts.setdefault("".join(words[i:j]), []).append(name)

    def supporting(self, name: Name) -> list[Name]:
        found = self.whole.get(name.joined) or self.parts.get(name.joined)
        if not found and len(name.words) == 1:
            found = [known for known in self.ending_in(name) if not name.level]
        # "Dat Le Viet" is Lê Viết Đạt in the English order.
        return found or self.sorted.get(" ".join(sorted(name.words)), [])

    def ending_in(self, name: Name) -> list[Name]:
        """Longer names whose last word ``name`` is: a person's given name, but no way to call a place."""
        return self.last.get(name.joined, [])

    def composes(self, name: Name) -> bool:
        """True when the name is two or more known ones written one after another (Kim Bang Ha Nam)."""
        words = name.words[:32]
        reached = [True] + [False] * len(words)
        for j in range(1, len(words) + 1):
            reached[j] = any(
                reached[i] and "".join(words[i:j]) in self.whole for i in range(max(0, j - 6), j)
            )
        return reached[-1]

    def mentions(self, name: Name) -> bool:
        """True when the name, a longer one that holds it, or a person's given name is among these."""
        if name.joined in self.whole or name.joined in self.parts:
            return True
        if " ".join(sorted(name.words)) in self.sorted:
            return True
        if name.kind == "person" and len(name.words) > 1:
            tails = ("".join(name.words[-n:]) for n in range(1, len(name.words)))
            return any(tail in self.whole for tail in tails)
        return False


def _pair(name: Name, supports: Sequence[Name]) -> NamePair:
    levels = {known.level for known in supports if known.level and known.joined == name.joined}
    best = next((k for k in supports if k.level == name.level), supports[0])
    changed = bool(name.level and levels) and not any(_same_level(name.level, level) for level in levels)
    return NamePair(name, best, changed)


def _same_level(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _SAME_LEVEL)


def _nearest(name: Name, known: Sequence[Name]) -> Name | None:
    """The known name with the fewest differing letters, when these are few, or one that shares most words."""
    best: Name | None = None
    best_cost = max(1, len(name.joined) // 3) + 1
    for other in known:
        if abs(len(other.joined) - len(name.joined)) < best_cost:
            cost = _distance(name.joined[:60], other.joined[:60])
            if cost < best_cost:
                best, best_cost = other, cost
    return best


def _altered(
    claimed: Sequence[Name], known: Sequence[Name], sources: _Index, claims: _Index
) -> list[tuple[Name, Name]]:
    """Known names that the claim has with a letter or two changed, where that leaves no Vietnamese syllable.

    "Qaang Nam" is read as two uncertain names; side by side they are one letter away from Quảng Nam.
    """
    lost = {k.joined: k for k in known if k.certain and len(k.joined) >= _LONG_WORD + 1}
    lost = {key: name for key, name in lost.items() if key not in claims.whole}
    found: list[tuple[Name, Name]] = []
    for group in _groups(claimed) if lost else ():
        merged = _merge(group)
        if merged.joined in sources.whole or (len(group) == 1 and merged.certain):
            continue
        for key, name in list(lost.items())[:_MAX_CANDIDATES]:
            most = 1 if len(key) < 10 else 2
            if abs(len(key) - len(merged.joined)) <= most and _distance(merged.joined, key) <= most:
                found.append((merged, name))
                del lost[key]
                break
    return found


def _groups(claimed: Sequence[Name]) -> Iterator[Sequence[Name]]:
    """One to three names of which only a space parts each from the next."""
    for i in range(min(len(claimed), _MAX_CANDIDATES)):
        for j in range(i + 1, min(i + 3, len(claimed)) + 1):
            if j > i + 1 and claimed[j - 1].span.start - claimed[j - 2].span.end != 1:
                break
            yield claimed[i:j]


def _merge(group: Sequence[Name]) -> Name:
    if len(group) == 1:
        return group[0]
    return Name(
        "other",
        " ".join(name.text for name in group),
        " ".join(name.key for name in group),
        Span(group[0].span.start, group[-1].span.end),
    )


def _distance(one: str, other: str) -> int:
    """How many letters must be added, removed or changed to make one out of the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]
