"""Whether an article warrants a sentence that a model wrote about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ntmsum.context import Placed, misplaced, place
from ntmsum.degeneration import repeats
from ntmsum.denial import Denied
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.geography import foreign_districts
from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.modality import Goals
from ntmsum.reading import find_evidence
from ntmsum.trimming import turns
from ntmsum.words import ngrams, syllables, vietnamese_share

# Share of a sentence's pairs of syllables that must stand in the article sentences it rests on. A model as small
# as ours puts what it makes up into pairs that nobody wrote; a large one finds words of its own (half of the pairs
# in the leads of Vietnamese news are new).
ROOTED, FREE = 0.8, 0.4
MOST_SOURCES = 2
_VIETNAMESE = 0.4
_FEW = 8
# So many syllables at a sentence's beginning name whom it is about.
_SUBJECT = 3


class Warrant:
    """What an article says, to hold sentences against.

    Args:
        sentences: the article's sentences, spelled as the model was given them.
        rooted: share of a sentence's pairs of syllables that must be the article's.
    """

    def __init__(self, sentences: Sequence[str], rooted: float = ROOTED) -> None:
        self._sentences = list(sentences)
        self._rooted = rooted

    def sources(self, text: str) -> tuple[int, ...]:
        """The article sentences that ``text`` rests on, most telling first; empty when it cannot be trusted.

        Trusted means: fluent Vietnamese without a loop; at most two sentences hold enough of its word
        pairs and all of its figures; its names and places are the article's; it tells no goal as a fact, puts
        no figure in another's place and affirms nothing that the article denies.

        Args:
            text: one sentence, spelled as ``sentences``.
        """
        if len(syllables(text)) < _FEW or repeats(text) or vietnamese_share(text) < _VIETNAMESE:
            return ()
        found = find_evidence(text, self._sentences)[:MOST_SOURCES]
        pairs = ngrams(syllables(text), 2)
        known = set().union(*(ngrams(syllables(self._sentences[i]), 2) for i in found))
        if sum(n for pair, n in pairs.items() if pair in known) < self._rooted * pairs.total():
            return ()
        # A shortened sentence may not lose its "but": "up 0.9 points, but below target".
        # Nor may it give what one sentence tells to the subject of another.
        if self._rooted >= ROOTED and found:
            source = self._sentences[found[0]]
            strange = set(syllables(text)[:_SUBJECT]) - set(syllables(source))
            if strange or (turns(source) and not turns(text)):
                return ()
        return found if self._agrees(text, found) else ()

    def _agrees(self, text: str, found: Sequence[int]) -> bool:
        facts = extract_facts(text, "vi")
        names = extract_names(text, "vi")
        return not (
            match_facts(facts, [fact for i in found for fact in self._facts[i]]).unsupported
            or match_names(names, self._names).unsupported
            or any(m.key not in self._places for m in foreign_districts(text, names))
            or self._goals.told_as_facts(text, "vi", facts)
            or misplaced(place([text], [facts]), self._placed)
            or self._denied.affirmed_in(text)
        )

    @cached_property
    def _facts(self) -> list[tuple[Fact, ...]]:
        return [extract_facts(text, "vi") for text in self._sentences]

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        return tuple(name for text in self._sentences for name in extract_names(text, "vi"))

    @cached_property
    def _places(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            m.key for text in self._sentences for m in foreign_districts(text, extract_names(text, "vi"))
        )

    @cached_property
    def _goals(self) -> Goals:
        return Goals(self._sentences, "vi", self._facts)

    @cached_property
    def _placed(self) -> list[Placed]:
        return place(self._sentences, self._facts)

    @cached_property
    def _denied(self) -> Denied:
        return Denied(self._sentences)
