"""Summary → Translation: sentence by sentence, none dropped, none merged, terms and facts kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from ntmsum.choice import Choice, Verdict, choose
from ntmsum.degeneration import translation_faults
from ntmsum.engines import Decoding, Engine, ModelEntry, Prompt
from ntmsum.facts import extract_facts, match_facts
from ntmsum.facts.names import extract_names, match_names
from ntmsum.facts.other import count_differences
from ntmsum.glossary import Glossary, TermUse, check_terms, render_hint, replace_term
from ntmsum.languages import ENGLISH, target_language
from ntmsum.normalize import expand_abbreviations, to_tones
from ntmsum.postedit import left_vietnamese, post_edit
from ntmsum.words import syllables

DECODING = Decoding(max_tokens=192, beam=4, n_best=4)
RETRY = replace(DECODING, repetition_penalty=1.2, no_repeat_ngram=4)
# A shorter sentence is not worth cutting in two.
MIN_SPLIT = 16


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
        return f"{self._engine.signature}{into} {decoding} terms {self.glossary.signature}"

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
        for i, choice in enumerate(choices):
            pieces = _halves(sources[i])
            if choice.verdict.clean or len(pieces) < 2:
                continue
            joined = _join([c.text for c in self._decode(pieces, DECODING)])
            verdict = self._judge(sources[i], joined)
            if verdict.cost < choice.verdict.cost:
                choices[i], notes[i] = Choice(joined, choice.score, verdict, 0), "translated in two parts"
        done = dict(
            zip(asked, (self._finish(*x) for x in zip(sources, choices, notes, strict=True)), strict=True)
        )
        return [done.get(i, TranslatedSentence("", s)) for i, s in enumerate(sentences)]

    def _decode(self, sources: Sequence[str], options: Decoding) -> list[Choice]:
        prompts = [self.prompt(s) for s in sources]
        chosen = []
        for completion, source in zip(self._engine.generate(prompts, options), sources, strict=True):
            hypotheses = [replace(h, text=self._edit(h.text, source)) for h in completion.hypotheses]
            chosen.append(choose(hypotheses, partial(self._judge, source), options.max_tokens))
        return chosen

    def _edit(self, output: str, source: str) -> str:
        text = self._format.clean(output)
        return text if self._other else post_edit(text, source)

    def prompt(self, source: str) -> Prompt:
        """What the model is asked for one Vietnamese sentence."""
        return self._format.prompt(self._ask(source))

    def _ask(self, source: str) -> str:
        if self._format.hints and not self._other:
            return to_tones(
                render_hint(source, self.glossary.find(source), self._format.hints), self._entry.tones
            )
        return to_tones(expand_abbreviations(source) if self._entry.expand else source, self._entry.tones)

    def _judge(self, source: str, text: str) -> Verdict:
        if self._other:
            faults = translation_faults(text, source, self._other.latin)
            return Verdict(faults, count_differences(text, source, self._other), 0)
        facts = match_facts(extract_facts(text, "en"), extract_facts(source, "vi"))
        names = match_names(extract_names(text, "en"), extract_names(source, "vi"))
        missed = [use for use in check_terms(source, text, self.glossary) if use.status == "missed"]
        return Verdict(
            faults=translation_faults(text, source),
            facts=sum(map(len, (facts.unsupported, facts.missing, names.unsupported, names.missing))),
            misses=len(missed) + len(left_vietnamese(text)),
        )

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
            terms=check_terms(source, text, self.glossary),
            faults=choice.verdict.faults,
            fallback=note,
        )


def _halves(sentence: str) -> list[str]:
    """The sentence cut at the comma or semicolon nearest its middle; whole when it is short or has none."""
    if len(syllables(sentence)) < MIN_SPLIT:
        return [sentence]
    # Not between digits: "1.234,5".
    cuts = [m.end() for m in re.finditer(r"[,;](?=\s)", sentence)]
    if not cuts:
        return [sentence]
    cut = min(cuts, key=lambda c: abs(c - len(sentence) / 2))
    return [sentence[:cut].rstrip(",; ") + ".", sentence[cut:].strip()]


def _join(parts: Sequence[str]) -> str:
    first, *rest = (p.strip() for p in parts)
    return "; ".join([first.rstrip("."), *rest])
