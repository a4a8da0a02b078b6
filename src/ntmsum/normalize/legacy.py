"""Vietnamese text from before Unicode: TCVN3 and VNI, told apart by how much Vietnamese they yield."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from ntmsum.normalize.syllables import WORD, marked_share
from ntmsum.tables import load_toml

SAMPLE = 20_000  # code points that are looked at
FEWEST_WORDS = 8
SURE = 0.5  # share of marked Vietnamese syllables after conversion
GAIN = 0.3  # by how much conversion must raise that share
_TAG = re.compile(r"<[^<>]{0,500}>")


def vietnamese_share(text: str) -> float:
    """The share of marked Vietnamese syllables among the words of the first ``SAMPLE`` code points."""
    sample = unicodedata.normalize("NFC", _TAG.sub(" ", text[:SAMPLE]))
    words = WORD.findall(sample)
    return marked_share(words) if len(words) >= FEWEST_WORDS else 0.0


def from_legacy(text: str) -> tuple[str, str] | None:
    """``text`` (legacy bytes read as Latin-1) in Unicode and the encoding's name, or None when unsure."""
    if not any("\u00a0" < letter < "\u0100" for letter in text[:SAMPLE]):
        return None
    before = vietnamese_share(text)
    share, name, convert = max(
        ((vietnamese_share(convert(text[:SAMPLE])), name, convert) for name, convert in _encodings()),
        key=lambda candidate: candidate[0],
    )
    return (convert(text), name) if share >= max(SURE, before + GAIN) else None


def _encodings() -> tuple[tuple[str, Callable[[str], str]], ...]:
    table = load_toml(__package__, "legacy.toml")
    return (table["tcvn3"]["name"], _from_tcvn3), (table["vni"]["name"], _from_vni)


def _from_tcvn3(text: str) -> str:
    return text.translate(_tcvn3_letters())


def _from_vni(text: str) -> str:
    marked, marks, letters = _vni()
    text = marked.sub(lambda found: found.group(1) + marks[found.group(2)], text)
    return unicodedata.normalize("NFC", text.translate(letters))


@cache
def _tcvn3_letters() -> dict[int, str]:
    table = load_toml(__package__, "legacy.toml")["tcvn3"]
    return {ord(old): new for old, new in zip(table["bytes"], table["means"], strict=True)}


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str], dict[int, str]]:
    table = load_toml(__package__, "legacy.toml")["vni"]
    marks = dict(zip(table["marks_letters"], table["marks"], strict=True))
    marks |= {letter.upper(): mark for letter, mark in marks.items()}
    letters = dict(zip(table["letters"], table["means"], strict=True))
    letters |= {old.upper(): new.upper() for old, new in letters.items()}
    pattern = re.compile(rf"([aeiouyôöAEIOUYÔÖ])([{''.join(marks)}])")
    return pattern, marks, str.maketrans(letters)
