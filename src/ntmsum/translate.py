"""Summary → Translation: sentence by sentence, none dropped, none merged, terms and facts kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Literal

from ntmsum.choice import Choice, Verdict, choose
from ntmsum.degeneration import translation_faults
from ntmsum.denial import lost_in_translation
from ntmsum.engines import Decoding, Engine, ModelEntry, Prompt
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.names import extract_names, match_names
from ntmsum.facts.other import count_differences
from ntmsum.glossary import (
    Glossary,
    Term,
    TermMatch,
    TermUse,
    check_official,
    check_terms,
    render_hint,
    replace_term,
)
from ntmsum.languages import ENGLISH, target_language
from ntmsum.modality import Goals
from ntmsum.normalize import expand_abbreviations, to_tones
from ntmsum.postedit import left_vietnamese, post_edit
from ntmsum.preedit import pre_edit
from ntmsum.words import CAPITALS, strip_marks, syllables

Hints = Literal["terms", "names", ""]
Attempt = Callable[[Sequence[str]], "Sequence[Choice | None]"]

DECODING = Decoding(max_tokens=192, beam=4, n_best=4)
RETRY = replace(DECODING, repetition_penalty=1.2, no_repeat_ngram=4)
# The last try where every other one lost a fact.
WIDE = replace(DECODING, beam=8, n_best=8)
# A shorter sentence is not worth cutting in two.
MIN_SPLIT = 16
# What a clause of its own begins with, behind a comma.
_CLAUSE = re.compile(
    r"\s(?:trong đó|trong khi|còn|đồng thời|nhưng|tuy|song|được|tăng|giảm|gồm|đạt|chiếm|với|và|riêng)\b"
)
# Not the sentence's first word, which is capitalized anyway, and no abbreviation.
_CAPITALIZED = re.compile(rf"(?<=[^.!?:“\"] )[{CAPITALS}](?=\w*[a-zà-ỹ])\w+")
_REPEATED = re.compile(r"(?<!\w)(?P<long>(?:\w+ ){1,7}\w+) \((?P<short>[^\W\d_]{2,8})\)")


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """One translated sentence.

    Args:
        text: the translation.
        source: the Vietnamese sentence it translates.
        terms: the official terms of the source, and whether each was obeyed.
        faults: what is still wrong with the text after every retry (``degeneration.Fault``).
        fallback: in words, what was done beyond the first decoding; empty when nothing was.
    """

    text: str
    source: str
    terms: tuple[TermUse, ...] = ()
    faults: tuple[str, ...] = ()
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """The translated sentences; ``sentences[i]`` translates sentence ``i`` of the summary into ``language``."""

    sentences: tuple[TranslatedSentence, ...]
    language: str = ENGLISH

    @property
    def text(self) -> str:
        """The sentences joined by spaces."""
        return " ".join(s.text for s in self.sentences)


class Translator:
    """Vietnamese → English, or another language, by one model.

    Args:
        engine: the loaded model.
        entry: its registry entry, which knows how it is asked.
        glossary: official terms to obey.
        target: language of the translations; into another than English nothing is edited, and no terms insisted on.
    """

    def __init__(self, engine: Engine, entry: ModelEntry, glossary: Glossary, target: str = ENGLISH) -> None:
        self._engine = engine
        self._entry = entry
        self._format = entry.format("translate")
        self.glossary = glossary
        self.target = target
        self._other = None if target == ENGLISH else target_language(target)

    @property
    def signature(self) -> str:
        """Engine, model, decoding, glossary and language: same signature and sentence, same translation."""
        into = f" into {self.target}" if self._other else ""
        decoding = f"beam {DECODING.beam} n-best {DECODING.n_best}"
        words = f" words {Glossary.left_words().signature}" if self._hints else ""
        return f"{self._engine.signature}{into} {decoding} terms {self.glossary.signature}{words}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens."""
        return self._engine.count_tokens(texts)

    def translate(self, sentences: Sequence[str]) -> list[TranslatedSentence]:
        """Translate sentences together.

        Args:
            sentences: normalized Vietnamese sentences.

        Returns:
            One translated sentence for each, in order; empty for a blank one.
        """
        asked = [i for i, s in enumerate(sentences) if syllables(s)]
        sources = [sentences[i] for i in asked]
        choices = self._decode(sources, DECODING)
        notes = [""] * len(sources)
        broken = [i for i, c in enumerate(choices) if c.verdict.faults]
        for i, choice in zip(broken, self._decode([sources[i] for i in broken], RETRY), strict=True):
            if choice.verdict.cost < choices[i].verdict.cost:
                choices[i], notes[i] = choice, "decoded again with a repetition penalty"
        self._mend(sources, choices, notes)
        done = dict(
            zip(asked, (self._finish(*x) for x in zip(sources, choices, notes, strict=True)), strict=True)
        )
        return [done.get(i, TranslatedSentence("", s)) for i, s in enumerate(sentences)]

    def _mend(self, sources: Sequence[str], choices: list[Choice], notes: list[str]) -> None:
        """Try what lost a name or a fact again, whole sentences before pieces; keep what loses less."""

        def retry(wrong: Sequence[int], note: str, attempt: Attempt) -> None:
            # Nothing comes back where there is nothing else to try.
            for i, choice in zip(wrong, attempt([sources[i] for i in wrong]), strict=False):
                if choice and choice.verdict.cost < choices[i].verdict.cost:
                    choices[i], notes[i] = choice, note

        left = {s: _known_words(left_vietnamese(c.text, s)) for s, c in zip(sources, choices, strict=True)}
        wordless = [i for i, s in enumerate(sources) if left[s]]
        retry(wordless, "translated with words as hints", partial(self._with_words, left))
        nameless = [i for i, c in enumerate(choices) if self._unsaid(sources[i], c.text)]
        retry(nameless, "translated with its names as hints", self._with_names)
        attempts: tuple[tuple[str, Attempt], ...] = (
            ("translated without term hints", self._without_hints),
            ("translated in parts", self._in_parts),
            ("decoded with a wider beam", partial(self._decode, options=WIDE)),
        )
        for note, attempt in attempts:
            retry([i for i, c in enumerate(choices) if not c.verdict.clean], note, attempt)

    def _with_names(self, sources: Sequence[str]) -> list[Choice]:
        return self._decode(sources, DECODING, hints="names") if self._hints else []

    def _with_words(self, left: Mapping[str, Sequence[str]], sources: Sequence[str]) -> list[Choice]:
        return self._decode(sources, DECODING, words=left) if self._hints else []

    def _without_hints(self, sources: Sequence[str]) -> list[Choice]:
        return self._decode(sources, DECODING, hints="") if self._hints else []

    def _in_parts(self, sources: Sequence[str]) -> list[Choice | None]:
        if self._other:  # how clauses are joined is known for English only
            return []
        pieces = [clauses(source) for source in sources]
        done = iter(self._decode([piece for parts in pieces for piece in parts if len(parts) > 1], DECODING))
        found: list[Choice | None] = []
        for source, parts in zip(sources, pieces, strict=True):
            if len(parts) < 2:
                found.append(None)
                continue
            choices = [next(done) for _ in parts]
            joined = _join([choice.text for choice in choices], source)
            score = min(choice.score for choice in choices)
            found.append(Choice(joined, score, self._judge(source, joined), 0))
        return found

    def _decode(
        self,
        sources: Sequence[str],
        options: Decoding,
        hints: Hints = "terms",
        words: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> list[Choice]:
        prompts = [self.prompt(s, hints, words.get(s, ())) for s in sources]
        chosen = []
        for completion, source in zip(self._engine.generate(prompts, options), sources, strict=True):
            hypotheses = [replace(h, text=self._edit(h.text, source)) for h in completion.hypotheses]
            chosen.append(choose(hypotheses, partial(self._judge, source), options.max_tokens))
        return chosen

    def _edit(self, output: str, source: str) -> str:
        text = self._format.clean(output)
        return text if self._other else post_edit(text, source)

    @property
    def _hints(self) -> tuple[str, ...]:
        """The marks around a hint, for a model that was trained with them; empty for another."""
        return () if self._other else self._format.hints

    def prompt(self, source: str, hints: Hints = "terms", words: Sequence[str] = ()) -> Prompt:
        """What the model is asked for one Vietnamese sentence.

        Args:
            source: the sentence.
            hints: whose renderings stand in it, for models trained with them: its terms', its terms' and its
                names', or nobody's.
            words: everyday words that were left in Vietnamese and are hinted too, where English for them is known.
        """
        text = _REPEATED.sub(_unrepeated, pre_edit(source))
        if hints and self._hints:
            found = [*self.glossary.find(text)]
            if hints == "names":
                found += _names_beside(text, found)
            if words:
                known = Glossary.left_words().find(text)
                found += _apart([m for m in known if m.text.lower() in words], found)
            text = render_hint(text, found, self._hints)
        elif self._entry.expand:
            text = expand_abbreviations(text)
        return self._format.prompt(to_tones(text, self._entry.tones))

    def _judge(self, source: str, text: str) -> Verdict:
        if self._other:
            faults = translation_faults(text, source, self._other.latin)
            return Verdict(faults, count_differences(text, source, self._other), 0)
        claims, known = extract_facts(text, "en"), extract_facts(source, "vi")
        facts = match_facts(claims, known)
        names = match_names(extract_names(text, "en"), extract_names(source, "vi"))
        missed = [use for use in check_terms(source, text, self.glossary) if use.status == "missed"]
        lost = sum(map(len, (facts.unsupported, facts.missing, names.unsupported, names.missing)))
        lost += _said_twice(claims, known)
        lost += len(Goals([source], "vi", [known]).told_as_facts(text, "en", claims))
        lost += lost_in_translation(source, text) is not None
        # An everyday word may be told in many ways.
        misses = sum(0.25 if use.term.everyday else 1 for use in missed)
        return Verdict(
            faults=translation_faults(text, source),
            facts=lost,
            misses=misses + len(left_vietnamese(text, source)) + len(self._unsaid(source, text)),
        )

    def _unsaid(self, source: str, text: str) -> list[str]:
        """Capitalized words within the source, its terms aside, whose letters the translation does not have."""
        terms = [match.span for match in self.glossary.find(source)]
        written = "".join(strip_marks(text).lower().split())
        return [
            match[0]
            for match in _CAPITALIZED.finditer(source)
            if not any(span.start <= match.start() < span.end for span in terms)
            and strip_marks(match[0]).lower() not in written
        ]

    def _finish(self, source: str, choice: Choice, note: str) -> TranslatedSentence:
        text = choice.text
        if self._other:
            return TranslatedSentence(text, source, faults=choice.verdict.faults, fallback=note)
        for use in check_terms(source, text, self.glossary):
            if use.status == "missed":
                text = replace_term(text, use)
        return TranslatedSentence(
            text=text,
            source=source,
            terms=check_official(source, text, self.glossary),
            faults=choice.verdict.faults,
            fallback=note,
        )


def _known_words(left: Sequence[str]) -> tuple[str, ...]:
    """Those of the words left in Vietnamese, perhaps with an English plural, that may be hinted."""
    known = {term.vi for term in Glossary.left_words().terms}
    return tuple(form for word in left for form in (word, word.removesuffix("s")) if form in known)


def _names_beside(text: str, terms: Sequence[TermMatch]) -> list[TermMatch]:
    """The names that stand in no term, rendered as they are but for the marks."""
    names = extract_names(text, "vi")
    return _apart([TermMatch(Term(n.text, strip_marks(n.text)), n.span, n.text) for n in names], terms)


def _apart(matches: Sequence[TermMatch], others: Sequence[TermMatch]) -> list[TermMatch]:
    return [m for m in matches if not any(m.span.overlaps(other.span) for other in others)]


def _said_twice(claimed: Sequence[Fact], known: Sequence[Fact]) -> int:
    """How many figures stand more often in a translation than in its source: each took another's place."""
    times = Counter(f.value for f in known)
    told = Counter(f.value for f in claimed if f.certain and f.kind not in ("date", "period"))
    return sum(n - times[value] for value, n in told.items() if n > times[value] > 0)


def clauses(sentence: str) -> list[str]:
    """The sentence in pieces that can be translated alone; whole when it is short or cannot be cut.

    It is cut at its semicolons; where it has none, at the comma nearest its middle that a clause follows,
    or at any comma when none does.
    """
    if len(syllables(sentence)) < MIN_SPLIT:
        return [sentence]
    cuts = [m.end() for m in re.finditer(r";(?=\s)", sentence)]
    if not cuts:
        # Not between digits: "1.234,5".
        commas = [m.end() for m in re.finditer(r",(?=\s)", sentence)]
        commas = [c for c in commas if _CLAUSE.match(sentence, c)] or commas
        cuts = [min(commas, key=lambda c: abs(c - len(sentence) / 2))] if commas else []
    ends = [*cuts, len(sentence)]
    pieces = [sentence[start:end].strip(" ,;") for start, end in zip([0, *cuts], ends, strict=True)]
    return [
        piece if piece.endswith((".", "!", "?", "…")) else piece + "." for piece in pieces if syllables(piece)
    ]


def _unrepeated(match: re.Match[str]) -> str:
    """ "Nông thôn mới (NTM)" without the bracket when it only says the same shorter."""
    written_out = syllables(expand_abbreviations(match["short"]))
    return match["long"] if syllables(match["long"])[-len(written_out) :] == written_out else match[0]


def _join(parts: Sequence[str], source: str) -> str:
    """The pieces as one sentence, parted as in the source; a piece begins small unless it begins with a name."""
    names = {strip_marks(word) for word in source.split() if word[:1].isupper()}
    first, *rest = (part.strip().rstrip(".") for part in parts)
    small = (
        p if p.split(" ")[0] in names or (p[:2].isalpha() and p[:2].isupper()) else p[:1].lower() + p[1:]
        for p in rest
    )
    return (";" if ";" in source else ",").join([first, *(f" {p}" for p in small)]) + "."
