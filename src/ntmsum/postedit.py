"""Automatic post-editing of an English sentence: only what its Vietnamese source settles beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from ntmsum.facts import extract_facts, match_facts
from ntmsum.facts.bounds import lost_bounds
from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.normalize.syllables import parse_syllable
from ntmsum.tables import load_toml
from ntmsum.words import strip_marks, vietnamese_share

_MONEY = re.compile(r"(?<=\d)((?: (?:thousand|million|billion|trillion))?) (?:đồng|dong)\b(?!\s+[A-Z])")
_VND_FIRST = re.compile(r"\bVND\s?(\d[\d.,]*\d|\d)((?: (?:thousand|million|billion|trillion))?)\b")
# "Kim Bang District – Ha Nam Province": English parts a place from the larger one with a comma.
_OF = re.compile(
    r"\b(District|Town|City|Commune|Ward|Township) [–-] ((?:[A-Z]\w+ ){1,3}(?:Province|City|District)\b)"
)
# "Tan Lac District District"
_TWICE = re.compile(r"\b(District|Town|City|Commune|Ward|Township|Province) \1\b")
_POINTS = re.compile(r"(?<![\d.,])(\d+(?:,\d+)?) điểm (?:phần trăm|%)")
# "earlier than the plan of 45 days", "ahead of schedule 9 months": the measure stands before.
_SPAN = r"(?P<span>\d+ (?:days?|weeks?|months?|years?))"
_EARLIER = (
    re.compile(rf"\b(?P<how>earlier|later) than (?:the )?(?:plan(?:ned)?|schedule) (?:of |by )?{_SPAN}\b"),
    re.compile(rf"\b(?P<how>earlier|later) than {_SPAN} (?:from|compared (?:to|with)) (?:the )?plan\b"),
)
# "below 0.5 percentage points from the target"
_BELOW = re.compile(
    r"\b(?P<how>below|above) (?P<span>\d+(?:\.\d+)? ?(?:percentage points|percent|%)) "
    r"(?:from|compared (?:to|with)) (?P<aim>the (?:\w+ )?(?:target|plan))\b"
)
# "sông Nam Na": what kind of place it is was left, and English says it behind the name.
_KINDS = {"sông": "River", "hồ": "Lake", "suối": "Stream", "cầu": "Bridge", "đèo": "Pass", "núi": "Mountain"}
_KIND = re.compile(rf"\b(?P<kind>{'|'.join(_KINDS)}) (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){{0,3}})\b")
# Names of lunar months that a model takes for the months of our calendar.
_LUNAR = {"January": re.compile(r"tháng Giêng\b"), "December": re.compile(r"tháng Chạp\b")}
_WORD = re.compile(r"[^\W\d_]+")


def post_edit(text: str, source: str) -> str:
    """The sentence in house style, its names as the source has them.

    * one line, first letter capital;
    * names taken over from the Vietnamese lose their marks, as English newsrooms print them;
    * sums read "30 billion VND", whichever way the model wrote them;
    * a place is parted from the larger one with a comma, not with a dash, and its level stands once;
    * "45 days earlier than planned", in this order; lunar months are called lunar;
    * "sông Nam Na" reads "Nam Na River";
    * "0,9 điểm phần trăm" reads "0.9 percentage points";
    * a figure that the source bounds ("gần 2,6 tỷ đồng") and the translation tells as exact gets its bound;
    * a name that the source does not have, close to one that it has and the translation lacks, becomes
      that one: a Vietnamese name is its own letters without marks, so there is nothing to guess.

    Args:
        text: the decoded English sentence.
        source: the Vietnamese sentence it translates.
    """
    text = " ".join(text.split())
    # Capitalized words only: an untranslated sentence must stay recognizable as one.
    names = {word for word in _WORD.findall(source) if word[0].isupper()}
    text = _WORD.sub(lambda w: strip_marks(w[0]) if w[0] in names else w[0], text)
    text = _MONEY.sub(r"\1 VND", text)
    text = _VND_FIRST.sub(r"\1\2 VND", text)
    text = re.sub(r"(?<=[a-z]),(?=[A-Z])", ", ", text)
    text = _OF.sub(r"\1, \2", _TWICE.sub(r"\1", text))
    for pattern in _EARLIER:
        text = pattern.sub(r"\g<span> \g<how> than planned", text)
    text = _KIND.sub(lambda m: f"{m['name']} {_KINDS[m['kind']]}", text)
    text = _BELOW.sub(r"\g<span> \g<how> \g<aim>", _lunar(_points(text, source), source))
    text = _bounded(_own_names(text, source), source)
    return text[:1].upper() + text[1:]


def left_vietnamese(text: str, source: str = "") -> tuple[str, ...]:
    """Words of an English sentence that were left in Vietnamese.

    Lower-case syllables with Vietnamese letters, and those without that the source has letter by letter,
    unless they are English words as well ("ban", "song").

    Args:
        text: the English sentence.
        source: the Vietnamese sentence that it translates, where it is known.
    """
    words = [w for w in _WORD.findall(text) if w[0].islower()]
    # "kháms" is an English plural of none.
    marked = {
        w
        for w in words
        if vietnamese_share(w) > 0 and (parse_syllable(w) or parse_syllable(w.removesuffix("s")))
    }
    said = {w for w in _WORD.findall(source) if w.isascii() and w.islower() and parse_syllable(w) is not None}
    bare = said - _english_too()
    return tuple(w for w in words if w in marked or w in bare)


@cache
def _english_too() -> frozenset[str]:
    return frozenset(load_toml(__package__, "english_too.toml")["words"])


def _lunar(text: str, source: str) -> str:
    for month, name in _LUNAR.items():
        if name.search(source) and not re.search(r"\blunar\b", text, re.IGNORECASE):
            days = r"(?: \d{1,2}(?:(?: to |[-–])\d{1,2})?)?(?!\d)"
            text = re.sub(rf"\b{month}\b{days}", r"\g<0> of the lunar calendar", text, count=1)
    return text


def _points(text: str, source: str) -> str:
    for number in _POINTS.findall(source):
        if not re.search(rf"(?<![\d.,]){number} ?%", source):
            figure = re.escape(number.replace(",", "."))
            text = re.sub(
                rf"(?<![\d.,])({figure})(?: ?%|[ -]percent|[ -]per cent)(?!\w)", r"\1 percentage points", text
            )
    return text


def _bounded(text: str, source: str) -> str:
    known = extract_facts(source, "vi")
    if not any(fact.approx for fact in known):
        return text
    pairs = match_facts(extract_facts(text, "en"), known).pairs
    # From the end, so that earlier spans stay true.
    for claimed, _, bound in sorted(lost_bounds(pairs, known, source, text), key=lambda f: -f[0].span.start):
        text = f"{text[: claimed.span.start]}{bound} {text[claimed.span.start :]}"
    return text


def _own_names(text: str, source: str) -> str:
    matching = match_names(extract_names(text, "en"), extract_names(source, "vi"))
    missing = {name.joined for name in matching.missing}
    said = {pair.known.joined for pair in matching.pairs}
    # From the end, so that earlier spans stay true.
    for claimed, known in sorted(matching.unsupported, key=lambda pair: -pair[0].span.start):
        if known is None or not (known.joined in missing or _is_cut(claimed, known, said)):
            continue
        before, name = text[: claimed.span.start], strip_marks(known.text)
        lacking = name.lower().removesuffix(strip_marks(claimed.text).lower()).strip()
        # What the name lacks may stand before it in small letters.
        if not lacking or not strip_marks(before).lower().rstrip().endswith(lacking):
            text = before + name + text[claimed.span.end :]
    return text


def _is_cut(claimed: Name, known: Name, said: Set[str]) -> bool:
    """Whether a place lacks all but its last word, whatever kind of name the source makes of it."""
    return known.words[-1:] == claimed.words and known.joined not in said
