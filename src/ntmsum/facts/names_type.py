"""A name as a comparable value."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from ntmsum.article import Span

NameKind: TypeAlias = Literal["person", "place", "organization", "other"]

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[a-z0-9]+")


def fold_name(text: str) -> str:
    """The words of a name in lower case without marks, parted by spaces: "Kim Bảng" and "Kim Bang" alike.

    What is spelled either way counts as one: k and c (Đắk Lắk, Dac Lac), y and i (Mỹ, Mĩ).
    """
    return bare_name(text).replace("k", "c").replace("y", "i")


def marked_name(text: str) -> str:
    """The word or name in lower case with its marks, in one piece: hòa and hoà alike, nhà and nha not."""
    pieces: list[str] = []
    for word in text.lower().split():
        decomposed = unicodedata.normalize("NFD", word)
        pieces += (c for c in decomposed if c.isalnum() or (unicodedata.combining(c) and c not in _TONES))
        pieces += (c for c in decomposed if c in _TONES)
    return "".join(pieces)


def bare_name(text: str) -> str:
    """The words of a name in lower case without marks, as they are spelled."""
    bare = text.lower()
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFD", bare.replace("đ", "d"))
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = re.sub(r"['’‘]", "", bare)
    return " ".join(_WORD.findall(bare))


@dataclass(frozen=True)
class Name:
    """One name in a text.

    Args:
        kind: "person", "place", "organization"; "other" for a capitalized run of unknown sort.
        text: the name as written, without title or level word.
        key: the folded form (``fold_name``).
        span: where ``text`` stands in the text given.
        level: for a place introduced by a level word: "province", "city", "district", "commune" …; else "".
        title: for a person: the title in front of the name, as written; else "".
        certain: False where the words may be no name; such a one supports others and is never reported.
    """

    kind: NameKind
    text: str
    key: str
    span: Span
    level: str = ""
    title: str = ""
    certain: bool = True

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the key."""
        return tuple(self.key.split())

    @property
    def joined(self) -> str:
        """The key in one piece: Hà Nội, Ha Noi and Hanoi alike."""
        return self.key.replace(" ", "")
