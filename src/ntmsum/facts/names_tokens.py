"""Text as words that know whether they are capitalized like a part of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from ntmsum.article import Span

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*|(?<=\w)['’‘](?=[^\W\d_]))+|\d+")
# Their dot ends no sentence.
_DOTTED = re.compile(r"tp|tx|tt|h|x|p|q|mr|mrs|ms|dr|prof|ths|ts|pgs|gs|bs|bscki{1,2}|ks|nsnd|nsưt|st")
# More capitalized words in a row are a headline or a list without commas.
LONGEST_RUN = 12
_STOP = re.compile(r"[.!?:;…\n\"“”•(]|^$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word.

    Args:
        text: as written.
        lower: in lower case.
        span: where it stands.
        joined: True when one space, or the dot of an abbreviation, parts it from the word before.
        first: True at the start of a sentence or quotation.
        capital: True when it is written like a part of a name (Kim, H'leo; neither kim nor UBND).
        gap: what stands between it and the word before.
    """

    text: str
    lower: str
    span: Span
    joined: bool
    first: bool
    capital: bool
    gap: str


def continues_run(token: Token) -> bool:
    """True when the word belongs to the capitalized run that the word before it is in."""
    return token.capital and token.joined and not token.first


def name_tokens(text: str, capitals: Container[str] = ()) -> list[Token]:
    """The words of ``text`` in order, a possessive 's left out.

    Args:
        text: any text.
        capitals: words that are names although they are all capitals, in lower case (hcmc).
    """
    tokens: list[Token] = []
    done = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        if word[-2:] in ("'s", "’s", "‘s"):
            word, end = word[:-2], end - 2
        gap = text[done:start]
        word = unicodedata.normalize("NFC", word)
        short = gap in (". ", ".") and bool(tokens) and _DOTTED.fullmatch(tokens[-1].lower) is not None
        first = not tokens or (not short and _STOP.search(gap) is not None)
        capital = _is_capital(word) or (word.isupper() and word.lower() in capitals)
        tokens.append(Token(word, word.lower(), Span(start, end), gap == " " or short, first, capital, gap))
        done = end
    return tokens


def _is_capital(word: str) -> bool:
    if not word[:1].isupper():
        return False
    return len(word) == 1 or any(c.islower() for c in word[1:])
