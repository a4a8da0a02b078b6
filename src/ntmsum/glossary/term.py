"""One official term."""

from __future__ import annotations

from dataclasses import dataclass

from ntmsum.glossary.keys import split_syllables


@dataclass(frozen=True)
class Term:
    """One Vietnamese wording and the English it must have.

    Args:
        vi: the wording.
        en: the preferred rendering; empty for a wording to leave alone.
        variants: other renderings that are accepted.
        abbr: abbreviations of ``vi``, matched letter by letter with their case.
        domain: the field it belongs to, such as "education".
        source: the document that fixes the rendering or defines the wording; "usage" where none does,
            "everyday" for a word that is no official term and only offered to the translator.
        wrong: renderings known to be wrong, which may be replaced.
        advisory: True for an ordinary word that English renders in many ways: the rendering is offered to
            the translator, and only a known wrong one is worth an alert.
    """

    vi: str
    en: str
    variants: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    domain: str = ""
    source: str = ""
    wrong: tuple[str, ...] = ()
    advisory: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The syllables of ``vi``; equal keys, equal wordings."""
        return tuple(s.key for s in split_syllables(self.vi))

    @property
    def everyday(self) -> bool:
        """Whether it is an ordinary word, which nobody looks up as a term."""
        return self.source == "everyday"

    @property
    def renderings(self) -> tuple[str, ...]:
        """The preferred rendering, then the accepted ones."""
        return (self.en, *self.variants)
