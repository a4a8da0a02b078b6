"""Putting the official rendering where a known wrong one stands, and only where that is plain."""

from __future__ import annotations

import re
import unicodedata

from ntmsum.glossary.adherence import TermUse

_VOWEL_SOUND = re.compile(r"(?!one\b|uni|use|eu)[aeiou]", re.IGNORECASE)


def replace_term(en_text: str, use: TermUse) -> str:
    """``en_text`` with the preferred rendering of a missed term, when it is plain what to replace.

    Plain means: one known wrong rendering, or the Vietnamese wording or abbreviation left untranslated,
    stands in the text, no second kind of it does, and not more often than the source has the term.
    Otherwise the text comes back as it was.

    Args:
        en_text: the translation.
        use: what ``check_terms`` said about one term of it.
    """
    if use.status != "missed":
        return en_text
    places = [found for found in (_find(en_text, w, c) for w, c in _candidates(use)) if found]
    # A longer wording holds the shorter one ("building a new countryside", "new countryside").
    places = [p for p in places if not any(_inside(p, q) for q in places if q is not p)]
    if len(places) != 1 or len(places[0]) > len(use.source):
        return en_text
    for match in reversed(places[0]):
        en_text = _put(en_text, match.start(), match.end(), use.term.en, plural=bool(match["plural"]))
    return en_text


def _candidates(use: TermUse) -> list[tuple[str, bool]]:
    """Wordings to look for, and whether their case counts."""
    kept = {rendering.casefold() for rendering in use.term.renderings}
    vi = use.term.vi
    left = [(abbr, True) for abbr in use.term.abbr if abbr.casefold() not in kept]
    # A single Vietnamese syllable without its marks may well be an English word.
    left += [(vi, False)] if vi.casefold() not in kept and (" " in vi or not vi.isascii()) else []
    left += [(_bare(vi), False)] if " " in vi and _bare(vi) != vi else []
    return left + [(wrong, False) for wrong in use.term.wrong]


def _find(text: str, wording: str, cased: bool) -> list[re.Match[str]]:
    flexible = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", wording) if part)
    pattern = rf"(?<![\w/-]){flexible}(?P<plural>s)?(?:['’]s)?(?![\w/-])"
    return list(re.finditer(pattern, text, 0 if cased else re.IGNORECASE))


def _inside(inner: list[re.Match[str]], outer: list[re.Match[str]]) -> bool:
    return all(
        any(o.start() <= i.start() and i.end() <= o.end() and i.span() != o.span() for o in outer)
        for i in inner
    )


def _put(text: str, start: int, end: int, rendering: str, *, plural: bool) -> str:
    before, old, after = text[:start], text[start:end], text[end:]
    ending = re.search(r"['’]s$", old)
    if plural:
        rendering = _plural(rendering)
    if not before.strip() or before.rstrip().endswith((".", "!", "?")):
        rendering = rendering[:1].upper() + rendering[1:]
    article = re.search(r"\b(a|an)\s+$", before, re.IGNORECASE)
    if article:
        right = "an" if _VOWEL_SOUND.match(rendering) else "a"
        right = right.capitalize() if article[1][0].isupper() else right
        before = before[: article.start(1)] + right + before[article.end(1) :]
    return before + rendering + (ending.group() if ending else "") + after


def _plural(rendering: str) -> str:
    if re.search(r"[^aeiou]y$", rendering):
        return rendering[:-1] + "ies"
    return rendering + ("es" if re.search(r"(?:[sxz]|ch|sh)$", rendering) else "s")


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept.replace("đ", "d").replace("Đ", "D")
