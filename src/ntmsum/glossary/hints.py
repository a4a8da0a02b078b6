"""Prompts that carry their terms: the rendering stands inline behind the Vietnamese wording."""

from __future__ import annotations

from collections.abc import Sequence

from ntmsum.glossary.matching import TermMatch


def render_hint(vi_text: str, matches: Sequence[TermMatch], markers: Sequence[str]) -> str:
    """``… <1> nông thôn mới <2> New Rural Development <3> …`` for every match.

    Args:
        vi_text: the text that the matches were found in.
        matches: ``glossary.find(vi_text)`` or some of it.
        markers: the three strings before the wording, between the two, and behind the rendering.

    Raises:
        ValueError: ``markers`` does not hold three strings.
    """
    start, middle, end = markers
    pieces: list[str] = []
    done = 0
    for match in sorted(matches, key=lambda m: m.span.start):
        wording = vi_text[match.span.start : match.span.end]
        pieces += vi_text[done : match.span.start], f"{start} {wording} {middle} {match.term.en} {end}"
        done = match.span.end
    return "".join((*pieces, vi_text[done:]))
