"""Names in Vietnamese: a capitalized run, and the word before it that says what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntmsum.article import Span
from ntmsum.facts.names_tokens import LONGEST_RUN, Token, continues_run, name_tokens
from ntmsum.facts.names_type import Name, NameKind, fold_name, marked_name
from ntmsum.facts.names_words import Cue, aliases, cues, exonyms, gazetteer, is_syllable, joined, surnames

_LONGEST_CUE = 4
_LONGEST_NAME = 5
# "các xã Kim Bình, Nhật Tân và Lê Hồ": behind these a level word holds for the whole list.
_PLURAL = frozenset(["các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "nhiều"])


def read_vietnamese(text: str) -> tuple[Name, ...]:
    """The names of a Vietnamese text in reading order."""
    tokens = name_tokens(text, aliases("vi"))
    names: list[Name] = []
    listed, list_end = "", -1  # the level of the list that is being read, and where it has come to
    for begin, end in _runs(tokens):
        cue, start, title = _introduction(tokens, begin, end)
        if start == end:
            continue
        if (
            cue is None
            and listed
            and start == begin
            and end - start > 1
            and _goes_on(tokens, list_end, begin)
        ):
            cue, list_end = Cue("level", listed), end
        elif cue is not None and cue.role == "level" and _is_plural(tokens, start - len(title.split())):
            listed, list_end = cue.level, end
        hamlet = end - start == 1 and cue is not None and cue.level == "hamlet"
        whole = _whole(tokens, end, alone=hamlet)
        if cue is not None and cue.role == "level":
            holder = _holder(tokens[start:end])
            if holder:
                names.append(_name(text, tokens[start : start + holder], cue, title, whole=True))
                cue, title, start = None, "", start + holder
            elif _names_the_holder(tokens, start, end):
                cue, title = Cue("office", ""), ""
        names.append(_name(text, tokens[start:end], cue, title, whole=whole))
    return tuple(names)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Begin and end of every run of capitalized words."""
    i = 0
    while i < len(tokens):
        end = i + 1
        if tokens[i].capital:
            while end < min(len(tokens), i + LONGEST_RUN) and _continues_name(tokens, end):
                end += 1
            last = end - _begins_word(tokens, end - 1)
            if last > i:
                yield i, last
        i = end


def _begins_word(tokens: Sequence[Token], i: int) -> bool:
    """True for the Y of "Trạm Y tế": with the small word behind it, it is no name."""
    if i + 1 >= len(tokens) or not tokens[i + 1].joined or tokens[i + 1].capital:
        return False
    cue = cues("vi").get(f"{tokens[i].lower} {tokens[i + 1].lower}")
    return cue is not None and cue.role == "plain"


def _names_the_holder(tokens: Sequence[Token], start: int, end: int) -> bool:
    """True for "Chủ tịch UBND huyện Trần Quốc Toản", but not for the district called Trần Văn Thời."""
    run = tokens[start:end]
    if len(run) < 3 or run[0].lower not in surnames(folded=False) or is_major(run):
        return False
    before = [_cue(tokens[i : i + 2]) for i in range(max(0, start - 5), start - 1)]
    return any(cue is not None and cue.role == "office" for cue in before)


def _holder(run: Sequence[Token]) -> int:
    """Where the office holder begins in "(Chủ tịch UBND tỉnh) Hà Nam Nguyễn Văn Hùng"; 0 where none does."""
    for size in range(min(4, len(run) - 2), 0, -1):
        if run[size].lower in surnames(folded=False) and len(run) - size <= 4:
            known = marked_name(" ".join(t.text for t in run[:size])) in gazetteer().units
            if known or (size == 2 and len(run) == 5):
                return size
    return 0


def _continues_name(tokens: Sequence[Token], i: int) -> bool:
    """True when the word goes on with the run; an alias such as TPHCM is complete by itself."""
    return continues_run(tokens[i]) and tokens[i - 1].lower not in aliases("vi")


def _introduction(tokens: Sequence[Token], start: int, end: int) -> tuple[Cue | None, int, str]:
    """The nearest cue before or at the beginning of the run, where the name itself begins, and the cue's text."""
    cue, title = _cue_before(tokens, start)
    while start < end and not is_major(tokens[start:end]):
        found, size = _cue_at(tokens, start)
        if found is None or (cue is not None and cue.role == "level") or _belongs(tokens[start], found, cue):
            break
        title = "" if found.role == "plain" else " ".join(t.text for t in tokens[start : start + size])
        cue = None if found.role == "plain" else found
        start = min(end, start + size)
    return cue, start, title


def _cue_before(tokens: Sequence[Token], start: int) -> tuple[Cue | None, str]:
    if not tokens[start].joined:
        return None, ""
    for size in range(min(_LONGEST_CUE, start), 0, -1):
        found = _cue(tokens[start - size : start])
        if found:
            title = " ".join(t.text for t in tokens[start - size : start])
            return (None, "") if found.role == "plain" else (found, title)
    return None, ""


def _cue_at(tokens: Sequence[Token], start: int) -> tuple[Cue | None, int]:
    for size in range(min(_LONGEST_CUE, len(tokens) - start), 0, -1):
        found = _cue(tokens[start : start + size])
        # "Ba", "Từ", "Mai" are words only where every word has a capital.
        if found and (found.role != "plain" or tokens[start].first or size > 1):
            return found, size
    return None, 0


def _cue(words: Sequence[Token]) -> Cue | None:
    if any(not t.joined for t in words[1:]):
        return None
    return cues("vi").get(" ".join(t.lower for t in words))


def _belongs(word: Token, found: Cue, before: Cue | None) -> bool:
    """True when what looks like a cue is part of the name: "Chợ Rẫy", "thác Bản Giốc", "núi Bà Nà"."""
    if before is not None and before.role in ("feature", "organization"):
        return found.role != "level" or found.level == "hamlet"
    if found.level == "hamlet":
        return not word.first
    return found.role in ("feature", "organization")


def _name(text: str, run: Sequence[Token], cue: Cue | None, title: str, *, whole: bool) -> Name:
    span = Span(run[0].span.start, run[-1].span.end)
    key = fold_name(" ".join(t.text for t in run))
    role = cue.role if cue else ""
    by_surname = run[0].lower in surnames(folded=False)
    major = is_major(run)
    kind: NameKind = "other"
    certain = False
    if role == "level":
        kind, certain = "place", whole and len(run) <= _LONGEST_NAME
    elif role == "person" or (role == "office" and by_surname and len(run) > 1):
        # "Bà Rịa" is a town, "bà Rịa" a woman.
        place = _is_place_with_title(title, run)
        kind, certain = ("place", True) if place else ("person", whole)
    elif role in ("organization", "feature"):
        kind = "organization" if role == "organization" else "place"
        # A firm or a lake may be called by another name in English.
        certain = False
    elif major:
        kind, certain = "place", True
    elif by_surname and 3 <= len(run) <= 4:
        kind, certain = "person", whole
    certain = certain and is_vietnamese(run) and not is_foreign(run, kind)
    level = cue.level if cue and kind == "place" else ""
    other = aliases("vi").get("".join(t.lower for t in run))
    if other:
        (key, level), kind, certain = other, "place", run[0].text.isupper()
    return Name(
        kind,
        text[span.start : span.end],
        key,
        span,
        level=level,
        title=title if kind == "person" else "",
        certain=certain,
    )


def is_major(run: Sequence[Token]) -> bool:
    """True for the name of a province, city, district or town of two syllables or more."""
    return len(run) > 1 and marked_name(" ".join(t.text for t in run)) in gazetteer().marked


def is_vietnamese(run: Sequence[Token]) -> bool:
    """True when every word is spelled like a Vietnamese syllable and one has more than its initial."""
    return all(is_syllable(t.text) for t in run) and any(len(t.text) > 1 for t in run)


def is_foreign(run: Sequence[Token], kind: NameKind) -> bool:
    """True for what English spells in another way; a person may be named like a part of it (Thanh Hải)."""
    words = [t.text for t in run]
    if kind == "person":
        return len(words) > 1 and joined("".join(words)) in exonyms()
    stretches = (words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    return any(joined("".join(s)) in exonyms() for s in stretches if len(s) > 1 or len(words) == 1)


def _is_place_with_title(title: str, run: Sequence[Token]) -> bool:
    name = " ".join((title, *(t.text for t in run)))
    return title[:1].isupper() and marked_name(name) in gazetteer().marked


def _whole(tokens: Sequence[Token], end: int, *, alone: bool) -> bool:
    """False when the last capital may begin a longer wording ("ông Phó Chủ tịch", "bản Hiến pháp").

    Args:
        tokens: the words of the text.
        end: index behind the run.
        alone: True for a single syllable behind a word that is often no level word (bản, làng).
    """
    if end >= len(tokens) or not tokens[end].joined:
        return True
    if alone and tokens[end].text.islower():
        return False
    pair = f"{tokens[end - 1].lower} {tokens[end].lower}"
    return pair not in cues("vi") and tokens[end - 1].lower not in ("phó", "chủ", "bí", "giám", "trưởng")


def _is_plural(tokens: Sequence[Token], start: int) -> bool:
    return start > 0 and (tokens[start - 1].lower in _PLURAL or tokens[start - 1].text.isdigit())


def _goes_on(tokens: Sequence[Token], end: int, start: int) -> bool:
    """True when only a comma or "và" stands between the list so far and the run."""
    if start == end:
        return tokens[start].gap == ", "
    return (
        start == end + 1
        and tokens[end].lower in ("và", "hoặc")
        and tokens[end].joined
        and tokens[start].joined
    )
