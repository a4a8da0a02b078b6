"""Code points to canonical text: invisible, look-alike and decomposed characters, spaces, tone marks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ntmsum.article import Note
from ntmsum.normalize.abbreviations import is_abbreviation, stop_after
from ntmsum.normalize.revision import Revision
from ntmsum.normalize.syllables import LONGEST, WORD, parse_syllable
from ntmsum.normalize.tones import tone_old

# eth and African D stand for Đ in texts typed with other keyboards
_LOOK_ALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
_ODD_SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_LINE_ENDS = "\v\f\x85\u2028\u2029"
_HYPHENS = "\u2010\u2011\u2212"
_WORD_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc"  # Symbol and Wingdings bullets of word processors
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}

_NUL = "\x00"
_INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e01ef\U000f0000-\U0010ffff"
)
# A replacement character inside a word marks a lost letter and stays; elsewhere it is debris.
_MENDED = re.compile(rf"\r\n?|[{_INVISIBLE}]+|[{''.join(_LIGATURES)}]")
_DEBRIS = re.compile(r"(?<!\ufffd)\ufffd+(?![\w\ufffd])|(?<![\w\ufffd])\ufffd+")

_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_CLUSTER = re.compile(rf"[^\s{_MARKS}]?[{_MARKS}]+")
_MOST_MARKS = 4  # per letter; longer runs are noise, and reordering them would take quadratic time
_TOKEN = re.compile(r"\S+")

_LAST_WORD = re.compile(r"(\w{1,8})(?:[.!?…]”?|”[.!?…])\Z")
_URL_REACH = 120
_SPACE = re.compile(r"\A\s+|\s+\Z|\s{2,}")
_UNSPACED = re.compile(r"(?:(?<=\w[.!?…])|(?<=\w[.!?…]”)|(?<=\w”[.!?…]))(?=[^\W\d_]{2})")


def clean(text: str) -> tuple[Revision, list[Note]]:
    """Canonical text and what was mended.

    The text is NFC with old-style tone marks; runs of spaces are one space, line ends are "\\n" and runs
    of blank lines one blank line; nothing invisible is left; a space stands after a full stop that was
    glued to the next sentence. ``clean(clean(t).text)`` changes nothing.
    """
    notes: list[Note] = []
    revision = Revision(text)
    revision = _mend(revision, notes)
    revision = _compose(revision, notes)
    revision = revision.sub(_SPACE, lambda found: _space(found, len(found.string)))
    revision = revision.same_length(tone_old(revision.text))
    return revision.sub(_UNSPACED, _missing_space), notes


def canonical(text: str) -> str:
    """``text`` as a sentence of the article holds it: cleaned, on one line."""
    return " ".join(clean(text)[0].text.split())


@cache
def _one_for_one() -> dict[int, str]:
    pairs = dict(_LOOK_ALIKES)
    pairs |= dict.fromkeys(_ODD_SPACES, " ") | dict.fromkeys(_LINE_ENDS, "\n")
    pairs |= dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_WORD_BULLETS, "•")
    pairs |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    return str.maketrans(pairs)


def _mend(revision: Revision, notes: list[Note]) -> Revision:
    text = revision.text
    _note(notes, "nul", text.count(_NUL), "NUL byte(s) were taken out")
    _note(notes, "newlines", text.count("\r"), "Windows or Mac line end(s) became plain ones")
    _note(
        notes, "look-alikes", sum(map(text.count, _LOOK_ALIKES)), "letter(s) that only look like Đ became Đ"
    )
    spaces = sum(map(text.count, _ODD_SPACES[1:]))
    _note(notes, "spaces", spaces, "no-break or special space(s) became plain ones")
    hidden = sum(len(run) for run in re.findall(rf"[{_INVISIBLE}]+", text)) - text.count(_NUL)
    _note(notes, "zero-width", hidden, "invisible character(s) were taken out")
    _note(notes, "lost", text.count("\ufffd"), "character(s) were already lost (�) when the text was pasted")
    revision = revision.same_length(text.translate(_one_for_one()))
    revision = revision.sub(_MENDED, _mended)
    return revision.sub(_DEBRIS, lambda _: "")


def _mended(found: re.Match[str]) -> str:
    old = found.group()
    return "\n" if old[0] == "\r" else _LIGATURES.get(old, "")


def _compose(revision: Revision, notes: list[Note]) -> Revision:
    before = revision.text
    revision = revision.sub(_CLUSTER, _composed_cluster)
    if not unicodedata.is_normalized("NFC", revision.text):
        revision = revision.sub(_TOKEN, lambda found: unicodedata.normalize("NFC", found.group()))
    changed = len(before) - len(revision.text)
    _note(
        notes,
        "nfd",
        max(changed, int(before != revision.text)),
        "decomposed letter(s) (NFD) were composed (NFC)",
    )
    return revision


def _composed_cluster(found: re.Match[str]) -> str:
    letters = found.group()
    bare = 0 if re.match(rf"[{_MARKS}]", letters) else 1
    return unicodedata.normalize("NFC", letters[: bare + _MOST_MARKS])


def _space(found: re.Match[str], length: int) -> str:
    if found.start() == 0 or found.end() == length:
        return ""
    lines = found.group().count("\n")
    return "\n\n" if lines > 1 else "\n" if lines else " "


def _missing_space(found: re.Match[str]) -> str:
    """A space where a sentence end is glued to the next capital: "cải thiện.Đồng thời"."""
    text, at = found.string, found.start()
    following = WORD.match(text, at, at + LONGEST + 1)
    if following is None:
        return ""
    opener = following.group()
    if not (opener[0].isupper() and opener[1].islower()) or parse_syllable(opener) is None:
        return ""
    token = text[max(0, at - _URL_REACH) : at].rsplit(maxsplit=1)[-1]
    rest = text[at : at + _URL_REACH].split(maxsplit=1)[0]
    if "://" in token or "@" in token + rest or token.startswith("www."):
        return ""
    last = _LAST_WORD.search(token)
    if last is None:
        return ""
    word = last.group(1)
    if word.isdigit():
        return " " if last.start(1) == 0 else ""
    if is_abbreviation(word):
        return " " if len(word) > 2 and word.isupper() and stop_after(word) == "yes" else ""
    return " " if len(word) > 1 and word[1:].islower() and parse_syllable(word) is not None else ""


def _note(notes: list[Note], kind: str, count: int, message: str) -> None:
    if count:
        notes.append(Note(kind, f"{count} {message}."))
