"""Whether outputs say what is true: figures, names, official terms, and the facts that must be kept."""

from __future__ import annotations

from typing import Literal

from ntmsum.evaluation.articles import KeyFact
from ntmsum.evaluation.metrics.base import Lang, Ratio, Sample
from ntmsum.facts import extract_facts, match_facts
from ntmsum.facts.names import extract_names, match_names
from ntmsum.glossary import Glossary, check_official
from ntmsum.glossary.english import locate, split_words
from ntmsum.normalize import expand_abbreviations, to_tones
from ntmsum.words import strip_marks, syllables

Side = Literal["precision", "recall"]


class FactScore(Ratio):
    """Figures and dates: the share of the claims that the source supports, or of those wanted that are kept.

    Args:
        side: "precision" (claims against ``Sample.source``) or "recall" (``Sample.wanted`` against claims).
        lang: language of the outputs.
    """

    def __init__(self, side: Side, lang: Lang) -> None:
        self.name = f"fact {side}"
        self._side = side
        self._lang: Lang = lang

    @property
    def signature(self) -> str:
        """What is compared."""
        return f"figures+dates|micro|lang:{self._lang}|v1"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """Claims supported and claims made; or facts kept and facts wanted."""
        claims = extract_facts(sample.hypothesis, self._lang)
        if self._side == "precision":
            wrong = len(match_facts(claims, extract_facts(sample.source, "vi")).unsupported)
            total = sum(c.certain for c in claims)
        else:
            wanted = extract_facts(sample.wanted, "vi")
            wrong = len(match_facts(claims, wanted).missing)
            total = sum(f.certain for f in wanted)
        return total - wrong, total


class NameScore(Ratio):
    """Names of persons and places, counted as ``FactScore`` counts figures."""

    def __init__(self, side: Side, lang: Lang) -> None:
        self.name = f"name {side}"
        self._side = side
        self._lang: Lang = lang

    @property
    def signature(self) -> str:
        """What is compared."""
        return f"names|micro|lang:{self._lang}|v1"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """Names supported and names used; or names kept and names wanted."""
        claims = extract_names(sample.hypothesis, self._lang)
        if self._side == "precision":
            wrong = len(match_names(claims, extract_names(sample.source, "vi")).unsupported)
            total = sum(c.certain for c in claims)
        else:
            wanted = extract_names(sample.wanted, "vi")
            wrong = len(match_names(claims, wanted).missing)
            total = sum(n.certain for n in wanted)
        return total - wrong, total


class TermAdherence(Ratio):
    """The share of the official terms of ``Sample.wanted`` that the English renders in an accepted way.

    Args:
        glossary: the official terms.
    """

    name = "term adherence"

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    @property
    def signature(self) -> str:
        """The glossary's."""
        return f"glossary:{self._glossary.signature}"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """Terms obeyed and terms to obey."""
        uses = check_official(sample.wanted, sample.hypothesis, self._glossary)
        return sum(use.status != "missed" for use in uses), len(uses)


class KeyFactCoverage(Ratio):
    """The share of the key facts that an output keeps.

    A number is kept when the output states an equal value; a name when its syllables stand there in a row
    (without marks in English); a term when its wording does, inflection aside.
    """

    name = "key facts"

    def __init__(self, lang: Lang) -> None:
        self._lang: Lang = lang

    @property
    def signature(self) -> str:
        """What is compared."""
        return f"numbers+names+terms|micro|lang:{self._lang}|v1"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """Key facts kept and key facts."""
        kept = [is_kept(fact, sample.hypothesis, self._lang) for fact in sample.key_facts]
        return sum(kept), len(kept)


def is_kept(fact: KeyFact, text: str, lang: Lang) -> bool:
    """True when a text in ``lang`` states the key fact."""
    wording = fact.vi if lang == "vi" else fact.en
    if fact.kind == "numbers":
        wanted = [f for f in extract_facts(wording, lang) if f.certain]
        if wanted:
            return not match_facts(extract_facts(text, lang), wanted).missing
    if fact.kind == "terms" and lang == "en":
        return locate(wording, split_words(text)) is not None
    return _stands_in(_plain(wording, lang), _plain(text, lang))


def _plain(text: str, lang: Lang) -> list[str]:
    return syllables(to_tones(expand_abbreviations(text), "old") if lang == "vi" else strip_marks(text))


def _stands_in(part: list[str], whole: list[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))
