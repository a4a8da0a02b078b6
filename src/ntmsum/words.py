"""Syllables, n-grams and overlaps: the small vocabulary that summaries and checks share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_SYLLABLE = re.compile(r"[^\W_]+")
# For character classes: a range such as À-Ỹ would hold small letters too.
CAPITALS = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1F00)) if c.isupper())
_VIETNAMESE_LETTERS = frozenset("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")


def syllables(text: str) -> list[str]:
    """Lower-case letter and digit runs of the NFC text: a Vietnamese syllable, an English word, a number."""
    return _SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    """How often each run of ``n`` tokens occurs."""
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def coverage(part: Iterable[str], whole: Iterable[str]) -> float:
    """Share of the tokens of ``part`` that occur in ``whole``; 1 for an empty part."""
    needed = list(part)
    known = set(whole)
    return sum(t in known for t in needed) / len(needed) if needed else 1.0


def vietnamese_share(text: str) -> float:
    """Share of the words that carry a letter of the Vietnamese alphabet beyond a–z; 0 for no words."""
    words = [w for w in syllables(text) if not w.isdigit()]
    return sum(not _VIETNAMESE_LETTERS.isdisjoint(w) for w in words) / len(words) if words else 0.0


def strip_marks(text: str) -> str:
    """The text without diacritics, đ as d; case and everything else stay."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")
