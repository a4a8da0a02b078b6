"""Where Vietnamese sentences end."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from ntmsum.article import Span
from ntmsum.normalize.abbreviations import stop_after
from ntmsum.tables import load_toml

# A quotation or bracket shorter than this stays whole even when it holds several sentences.
WHOLE_QUOTE = 150

_END = re.compile(r"(?<![.!?…])(?P<stop>[.!?…]+)(?P<close>[\"”’»)\]]*)(?=\s)")
_NEXT = re.compile(r"\s+(?P<lead>(?:[\"“‘«(\[•*–—-]\s?){0,4})(?P<first>\w?)")
_ITEM = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-zĐđ]|[IVX]{1,5})")
_HEADING = re.compile(
    r"(?:Điều|Khoản|Điểm|Mục|Chương|Phần|Bài|Bước|Câu|Hình|Bảng|Biểu|Phụ lục)\s[\dIVX]{1,5}"
)
_OPENERS_OF_LAST_WORD = '"“‘«([•*–—-'
_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]"}
_LONGEST_WORD = 40


def split_sentences(text: str) -> list[Span]:
    """The sentences of normalized ``text``, as spans without surrounding space, in order.

    A sentence ends at . ! ? or … (and the quotes and brackets that close there) before white space and a
    capital, number, quote or bullet; and at every line end. Full stops of abbreviations (TP., ThS.,
    T.Ư.), initials, list numbers, numbers and addresses end nothing. Quotations and brackets shorter than
    ``WHOLE_QUOTE`` characters are not broken; longer ones are split inside.
    """
    sentences: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        sentences += (
            Span(line.start() + start, line.start() + end) for start, end in _split_line(line.group())
        )
    return sentences


def sentence_texts(text: str) -> list[str]:
    """The sentences of normalized ``text`` themselves, as ``split_sentences`` finds them."""
    return [span.of(text) for span in split_sentences(text)]


def _split_line(line: str) -> list[tuple[int, int]]:
    whole = _whole_stretches(line)
    starts = [start for start, _ in whole]
    sentences: list[tuple[int, int]] = []
    begin = len(line) - len(line.lstrip())
    for found in _END.finditer(line):
        end = found.end()
        around = bisect_right(starts, found.start()) - 1
        if around >= 0 and end < whole[around][1]:
            continue
        following = _NEXT.match(line, end)
        if following is None or not _opens(following, found):
            continue
        if (
            set(found.group("stop")) == {"."}
            and len(found.group("stop")) == 1
            and not _stops(line, begin, found)
        ):
            continue
        sentences.append((begin, end))
        begin = following.start("lead")
    stripped = len(line.rstrip())
    if begin < stripped:
        sentences.append((begin, stripped))
    return sentences


def _opens(following: re.Match[str], found: re.Match[str]) -> bool:
    """True when what follows can begin a sentence."""
    first, lead = following.group("first"), following.group("lead")
    if found.group("close") and lead[:1] in {"-", "–", "—"}:
        return False  # “...” - ông Nam nói
    return first.isupper() or first.isdigit()


def _stops(line: str, begin: int, found: re.Match[str]) -> bool:
    """True when the single full stop at ``found`` ends a sentence rather than an abbreviation or a number."""
    at = found.start()
    word = line[max(begin, at - _LONGEST_WORD) : at].rsplit(maxsplit=1)[-1:]
    last = word[0].lstrip(_OPENERS_OF_LAST_WORD) if word else ""
    if not last:
        return bool(found.group("close"))
    if found.group("close") and found.group("close")[0] in '”»"':
        return True
    so_far = line[begin:at] if at - begin <= _LONGEST_WORD else ""
    if _ITEM.fullmatch(so_far.lstrip(_OPENERS_OF_LAST_WORD + " ")) or _HEADING.fullmatch(so_far):
        return False
    rule = stop_after(last)
    if rule == "yes" and _is_initial(last):
        rule = "opener"
    return rule == "yes" or (rule == "opener" and _opener().match(line, found.end()) is not None)


def _is_initial(word: str) -> bool:
    """True for one capital, or capitals with full stops between them: "A", "N.V.T"."""
    return all(len(part) == 1 and part.isupper() for part in word.split("."))


@cache
def _opener() -> re.Pattern[str]:
    words = "|".join(
        sorted(
            map(re.escape, load_toml(__package__, "syllables.toml")["sentence_openers"]),
            key=len,
            reverse=True,
        )
    )
    return re.compile(rf"\s+[\"“‘«(]?(?:{words})(?!\w)")


def _whole_stretches(line: str) -> list[tuple[int, int]]:
    """The outermost short quotations and brackets of ``line``, in order and disjoint."""
    stretches: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for found in re.finditer(r"[“”«»()\[\]\"]", line):
        mark, at = found.group(), found.start()
        if mark in _PAIRS:
            opened[_PAIRS[mark]] = at
        elif mark in opened:
            start = opened.pop(mark)
            if at - start <= WHOLE_QUOTE:
                while stretches and stretches[-1][0] >= start:
                    stretches.pop()
                stretches.append((start, at + 1))
        elif mark == '"':
            opened[mark] = at
    return stretches
