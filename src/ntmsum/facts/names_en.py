"""Vietnamese names in English: runs of capitalized words that are spelled like Vietnamese syllables."""

from __future__ import annotations

from collections.abc import Sequence

from ntmsum.article import Span
from ntmsum.facts.names_tokens import LONGEST_RUN, Token, continues_run, name_tokens
from ntmsum.facts.names_type import Name, NameKind, fold_name
from ntmsum.facts.names_words import aliases, cues, exonyms, gazetteer, is_syllable, joined, surnames

_LONGEST_NAME = 5
_OF = frozenset({"of", "the"})


def read_english(text: str) -> tuple[Name, ...]:
    """The names of an English text in reading order; only Vietnamese-looking ones are certain."""
    tokens = name_tokens(text, aliases("en"))
    names: list[Name] = []
    i = 0
    while i < len(tokens):
        if not tokens[i].capital:
            i += 1
            continue
        end = i + 1
        while end < min(len(tokens), i + LONGEST_RUN) and continues_run(tokens[end]):
            end += 1
        names += _read_run(text, tokens, i, end)
        i = end
    return tuple(names)


def _read_run(text: str, tokens: Sequence[Token], start: int, end: int) -> list[Name]:
    """The Vietnamese stretches of a capitalized run, each a name; the other words as one uncertain name."""
    names: list[Name] = []
    i = start
    while i < end:
        vietnamese = _is_vietnamese(tokens[i])
        stop = i + 1
        while stop < end and _is_vietnamese(tokens[stop]) == vietnamese:
            stop += 1
        first = i
        if vietnamese and tokens[i].first and _is_cue(tokens[i], "plain") and not _is_major(tokens[i:stop]):
            first += 1
        if first < stop:
            names.append(_name(text, tokens, first, stop, vietnamese=vietnamese))
        i = stop
    return names


def _name(text: str, tokens: Sequence[Token], start: int, end: int, *, vietnamese: bool) -> Name:
    run = tokens[start:end]
    span = Span(run[0].span.start, run[-1].span.end)
    key = fold_name(" ".join(t.text for t in run))
    title, spoken = _title(tokens, start)
    level = _level(tokens, start, end)
    by_surname = fold_name(run[0].text) in surnames(folded=True)
    major = _is_major(run)
    kind: NameKind = "other"
    certain = vietnamese and 1 < len(run) <= _LONGEST_NAME
    if level:
        kind, certain = "place", vietnamese
    elif title and vietnamese:
        kind, certain = "person", certain or spoken
    elif major:
        kind, certain = "place", True
    elif by_surname and len(run) > 1:
        kind = "person"
    other = aliases("en").get("".join(t.lower for t in run))
    if other:
        (key, level), kind, certain = other, "place", run[0].text.isupper()
    return Name(
        kind,
        text[span.start : span.end],
        key,
        span,
        level=level,
        title=title if kind == "person" else "",
        certain=certain
        and any(len(t.text) > 1 for t in run)
        and joined("".join(t.text for t in run)) not in exonyms(),
    )


def _title(tokens: Sequence[Token], start: int) -> tuple[str, bool]:
    """The titles right before a name, and whether the nearest is a form of address (Mr)."""
    words: list[str] = []
    spoken = False
    i = start
    while i > 0 and tokens[i].joined and len(words) < 4:
        before = tokens[i - 1]
        if not (_is_cue(before, "person") or (before.capital and _is_cue(before, "office"))):
            break
        spoken = spoken or (not words and _is_cue(before, "person"))
        words.insert(0, before.text)
        i -= 1
    return " ".join(words), spoken


def _level(tokens: Sequence[Token], start: int, end: int) -> str:
    """The level word behind a name (Kim Bang District), or before it (the district of Kim Bang)."""
    table = cues("en")
    if end < len(tokens) and tokens[end].joined and not tokens[end].first:
        cue = table.get(tokens[end].lower)
        if cue and cue.role == "level":
            return cue.level
    before = start
    while before > 0 and tokens[before].joined and tokens[before - 1].lower in _OF:
        before -= 1
    if before == start or not tokens[before].joined or before == 0:
        return ""
    cue = table.get(tokens[before - 1].lower)
    # In "Phong Dien District of Hue" the level word belongs to the name before it.
    taken = before > 1 and tokens[before - 1].joined and tokens[before - 2].capital
    return cue.level if cue and cue.role == "level" and not taken else ""


def _is_major(run: Sequence[Token]) -> bool:
    return joined("".join(t.text for t in run)) in gazetteer().major


def _is_cue(token: Token, role: str) -> bool:
    cue = cues("en").get(token.lower)
    return cue is not None and cue.role == role


def _is_vietnamese(token: Token) -> bool:
    if token.lower in aliases("en"):
        return True
    cue = cues("en").get(token.lower)
    if cue is not None:
        # English has no reason to capitalize "Can" and "My" but at the start of a sentence, where a name
        # may begin with them as well; "Bay" and "Day" are capitalized behind names.
        return cue.role == "plain"
    return is_syllable(token.text) or joined(token.text) in gazetteer().major
