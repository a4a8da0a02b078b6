"""The corpus step: sources → filters → hints and lengths → one packed, shuffled set of training examples."""

from __future__ import annotations

import json
import logging
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ntmsum.errors import DataError
from ntmsum.glossary import Glossary
from ntmsum.normalize import expand_abbreviations, sentence_texts
from ntmsum.training.batches import (
    SUMMARIZE,
    Encoder,
    Example,
    length_class,
    pack,
    summary_example,
    translation_example,
)
from ntmsum.training.corpus import (
    ArticleSummary,
    Pair,
    keep,
    read_articles,
    read_pairs,
    reject_pair,
    reject_summary,
    syllable_count,
)
from ntmsum.training.domain import DomainArticle, held_out, read_domain
from ntmsum.training.folders import load_tokenizer
from ntmsum.training.grammar import generate
from ntmsum.training.hints import choose_hints, glossary_hints, mark, mine_hints
from ntmsum.training.lengthen import lengthen

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PairSource:
    """A translation file.

    Args:
        path: ``vi<TAB>en`` lines.
        limit: most pairs taken after filtering; None is all.
        figures_first: prefer longer pairs with numbers when there are more than ``limit``.
        allow_truncated: read a compressed file that breaks off up to the break.
    """

    path: str
    limit: int | None = None
    figures_first: bool = False
    allow_truncated: bool = False


@dataclass(frozen=True)
class CorpusConfig:
    """What the training examples are made of.

    Args:
        tokenizer: model folder with ``tokenizer.json``.
        output: the packed examples (``.npz``); the counts go beside it as ``.json``.
        pairs: translation files.
        lexicons: ``vi<TAB>en`` word lists; only for mining term hints.
        articles: JSON-lines file of articles with abstracts; empty for none.
        per_length: natural summaries taken per length class.
        lengthened: further long summaries made by adding a body sentence.
        domain_pairs, domain_articles: our own text; its held-out tenth is left out.
        domain_repeat: how often our own text is repeated, with different hints.
        grammar: synthetic pairs.
        exclude: dev and test files whose sentences must not be trained on.
        hint_share, glossary_share: shares of translation examples with mined hints, and with the hints that
            the product would give.
        abbreviate_share: share of the pairs whose Vietnamese long forms become abbreviations.
        expand_share: share of the articles whose abbreviations are written out, as the product does.
        title_share: share of the articles that begin with their title.
        summary_share: share of tokens in summary examples; the larger side is cut. None leaves both.
        max_pair_tokens, max_article_tokens: longer examples are dropped.
        long_article_share: share of articles with up to twice ``max_article_tokens``.
        seed: the corpus depends on nothing else.
    """

    tokenizer: str
    output: str
    pairs: tuple[PairSource, ...] = ()
    lexicons: tuple[str, ...] = ()
    articles: str = ""
    per_length: int = 1500
    lengthened: int = 750
    domain_pairs: str = ""
    domain_articles: str = ""
    domain_repeat: int = 4
    grammar: int = 3000
    exclude: tuple[str, ...] = ()
    hint_share: float = 0.2
    glossary_share: float = 0.2
    abbreviate_share: float = 0.35
    expand_share: float = 0.85
    title_share: float = 0.25
    summary_share: float | None = 0.45
    max_pair_tokens: int = 230
    max_article_tokens: int = 450
    long_article_share: float = 0.08
    seed: int = 0


Counts = dict[str, Counter[str]]
Encoded = tuple[list[int], list[int]]
TASKS = ("translation", "summary")


def sentence_key(text: str) -> str:
    """Letters and digits in lower case: equal for sentences that differ in spacing and punctuation only."""
    return re.sub(r"[\W_]+", "", text.lower())


def excluding(reject: Callable[[Pair], str | None], forbidden: set[str]) -> Callable[[Pair], str | None]:
    """``reject`` that also drops duplicates and pairs with a side in ``forbidden`` (keys of dev sentences)."""
    seen: set[str] = set()

    def rule(pair: Pair) -> str | None:
        vi, en = sentence_key(pair.source), sentence_key(pair.reference)
        if vi in forbidden or en in forbidden:
            return "in a dev or test set"
        if vi in seen:
            return "duplicate"
        seen.add(vi)
        return reject(pair)

    return rule


def load_forbidden(paths: Iterable[str]) -> set[str]:
    """Keys of all sentences of dev and test TSV files, both languages."""
    return {
        sentence_key(side)
        for path in paths
        for pair in read_pairs(path)
        for side in (pair.source, pair.reference)
    }


def load_lexicon(paths: Iterable[str], glossary: Glossary) -> Mapping[str, Sequence[str]]:
    """Vietnamese term → English renderings, official terms first, then word lists (two syllables or more)."""
    lexicon: dict[str, list[str]] = defaultdict(list)
    for term in glossary.terms:
        if term.en:
            for vi in (term.vi, *term.abbr):
                lexicon[vi.lower()] += [en for en in term.renderings if en not in lexicon[vi.lower()]]
    for path in paths:
        for pair in read_pairs(path):
            english = re.sub(r"^(?:to|an?|the) ", "", pair.reference)
            vi = pair.source.lower()
            if (
                " " in vi
                and len(english) >= 4
                and not re.search(r"[(),;]", english)
                and english not in lexicon[vi]
            ):
                lexicon[vi].append(english)
    return lexicon


def abbreviator(glossary: Glossary) -> Callable[[str], str]:
    """A function that shortens official terms to their usual abbreviations ("Ủy ban nhân dân" → "UBND")."""
    short = {
        term.vi.lower(): term.abbr[0] for term in glossary.terms if term.en and term.abbr and " " in term.vi
    }
    longest = sorted(short, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: short[match.group().lower()], text)


class _Hinter:
    """Marks hints in a random share of the pairs."""

    def __init__(self, config: CorpusConfig, rng: random.Random, counts: Counter[str]) -> None:
        self.config, self.rng, self.counts = config, rng, counts
        self.glossary = Glossary.official()
        self.lexicon = load_lexicon(config.lexicons, self.glossary)
        self.abbreviate = abbreviator(self.glossary)

    def example(self, pair: Pair, boost: float = 1.0) -> Example:
        """The pair as an example; ``boost`` scales the shares of hints."""
        source, draw = pair.source, self.rng.random()
        if self.rng.random() < self.config.abbreviate_share:
            source = self.abbreviate(source)
            self.counts["abbreviated"] += source != pair.source
        mined, official = boost * self.config.hint_share, boost * self.config.glossary_share
        if draw < mined:
            hints = mine_hints(source, pair.reference, self.lexicon)
            if hints:
                hints = choose_hints(hints, self.rng)
        elif draw < mined + official:
            hints = glossary_hints(source, pair.reference, self.glossary)
        else:
            hints = []
        self.counts["with hints" if hints else "without hints"] += 1
        return translation_example(mark(source, hints), pair.reference)


def general_pairs(config: CorpusConfig, rng: random.Random, counts: Counts) -> list[Pair]:
    """Filtered pairs of all files, each file cut to its limit."""
    forbidden = load_forbidden(config.exclude)
    rule = excluding(reject_pair, forbidden)
    chosen: list[Pair] = []
    for source in config.pairs:
        pairs = list(
            keep(read_pairs(source.path, source.allow_truncated), rule, counts[Path(source.path).name])
        )
        rng.shuffle(pairs)
        limit = len(pairs) if source.limit is None else source.limit
        if source.figures_first:
            pairs.sort(key=lambda pair: not (re.search(r"\d", pair.source) and len(pair.source.split()) > 12))
            pairs = rng.sample(pairs[: 2 * limit], min(limit, len(pairs)))
        chosen += pairs[:limit]
        log.info("%s: %s", Path(source.path).name, dict(counts[Path(source.path).name]))
    return chosen


def grammar_examples(config: CorpusConfig, rng: random.Random) -> Iterator[Example]:
    """Synthetic pairs; renderings that are not the default are always marked."""
    for made in generate(config.grammar, config.seed):
        hints = set(made.required)
        if made.hints and rng.random() < config.hint_share:
            hints |= set(choose_hints(made.hints, rng))
        yield translation_example(mark(made.source, hints), made.reference)


def domain_examples(config: CorpusConfig, rng: random.Random, hinter: _Hinter) -> Iterator[Example]:
    """Our own pairs, and our own articles at all three lengths with their sentences as pairs."""
    pairs = (
        [pair for pair in read_pairs(config.domain_pairs) if not held_out(pair.source)]
        if config.domain_pairs
        else []
    )
    articles = read_domain(config.domain_articles) if config.domain_articles else []
    articles = [article for article in articles if not held_out(article.id)]
    pairs += [pair for article in articles for pair in article.sentence_pairs()]
    for _ in range(config.domain_repeat):
        for pair in pairs:
            yield hinter.example(pair, boost=1.5)
        for article in articles:
            yield from _article_examples(article, config, rng)


def _article_examples(article: DomainArticle, config: CorpusConfig, rng: random.Random) -> Iterator[Example]:
    for length, summary in article.summaries.items():
        item = ArticleSummary(" ".join(article.article.split()), summary, article.title)
        yield _summary(item, length, config, rng)


def _summary(item: ArticleSummary, length: str, config: CorpusConfig, rng: random.Random) -> Example:
    body, summary = item.body, item.summary
    if item.title and rng.random() < config.title_share:
        body = f"{item.title.rstrip('.')}. {body}"
    if rng.random() < config.expand_share:
        body, summary = expand_abbreviations(body), expand_abbreviations(summary)
    return summary_example(body, summary, length)


def general_summaries(config: CorpusConfig, rng: random.Random, counts: Counts) -> Iterator[Example]:
    """Equal numbers of short, medium and long summaries, regional news first, and lengthened ones."""
    if not config.articles:
        return
    classes: dict[str, list[ArticleSummary]] = defaultdict(list)
    for item in keep(read_articles(config.articles), reject_summary, counts["articles"]):
        classes[length_class(syllable_count(item.summary))].append(item)
    log.info(
        "articles: %s, %s", dict(counts["articles"]), {name: len(items) for name, items in classes.items()}
    )
    brief = config.max_article_tokens * 0.73  # tokens per syllable of news in this vocabulary: 1.37
    for name, items in classes.items():
        rng.shuffle(items)
        items.sort(key=lambda item: not item.regional)
        short = [item for item in items if syllable_count(item.body) <= brief]
        long = [item for item in items if brief < syllable_count(item.body) <= 2 * brief]
        wanted = config.per_length - (config.lengthened if name == "long" else 0)
        few = int(wanted * config.long_article_share)
        for item in short[: wanted - few] + long[:few]:
            yield _summary(item, name, config, rng)
    made = 0
    candidates = [item for name in ("short", "medium") for item in classes[name]
                  if item.regional and syllable_count(item.body) <= brief]  # fmt: skip
    rng.shuffle(candidates)
    for item in candidates:
        if made == config.lengthened:
            break
        longer = lengthen(item, sentence_texts, rng)
        if longer is not None:
            made += 1
            yield _summary(replace(item, summary=longer), "long", config, rng)
    counts["articles"]["lengthened"] = made


def run_corpus(config: CorpusConfig) -> Path:
    """Build the packed training examples; returns their path.

    Raises:
        DataError: a source is missing or malformed (the line is named), or nothing is left to train on.
    """
    rng = random.Random(config.seed)
    counts: Counts = defaultdict(Counter)
    hinter = _Hinter(config, rng, counts["hints"])
    translations = [hinter.example(pair) for pair in general_pairs(config, rng, counts)]
    fixed = [*grammar_examples(config, rng), *domain_examples(config, rng, hinter)]
    summaries = list(general_summaries(config, rng, counts))
    encoder = Encoder(load_tokenizer(config.tokenizer))
    general = _by_task(map(encoder, [*translations, *summaries]), encoder)
    own = _by_task(map(encoder, fixed), encoder)
    kept = _balance(general, own, config)
    rng.shuffle(kept)
    if not kept:
        raise DataError("No training examples are left; see the counts of what the filters removed.")
    for task in TASKS:
        examples = [*general[task], *own[task]]
        counts["encoded"][f"{task} examples"] = len(examples)
        counts["encoded"][f"{task} tokens"] = sum(map(_size, examples))
    counts["encoded"]["examples kept"] = len(kept)
    output = Path(config.output)
    output.parent.mkdir(parents=True, exist_ok=True)
    pack(kept).save(output)
    report = {name: dict(counter) for name, counter in counts.items()}
    output.with_suffix(".json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    log.info("corpus: %s", report["encoded"])
    return output


def _size(example: Encoded) -> int:
    return len(example[0]) + len(example[1])


def _by_task(examples: Iterable[Encoded], encoder: Encoder) -> dict[str, list[Encoded]]:
    found: dict[str, list[Encoded]] = {task: [] for task in TASKS}
    for example in examples:
        found["summary" if example[0][1] == encoder.ids[SUMMARIZE] else "translation"].append(example)
    return found


def _balance(
    general: Mapping[str, list[Encoded]], own: Mapping[str, list[Encoded]], config: CorpusConfig
) -> list[Encoded]:
    """Drop over-long examples, then cut general examples of the larger task to ``summary_share`` of the tokens."""
    limits = {"translation": config.max_pair_tokens, "summary": 2 * config.max_article_tokens + 130}
    ours, others = (
        {task: [x for x in part[task] if _size(x) <= limits[task]] for task in TASKS}
        for part in (own, general)
    )
    tokens = {task: sum(map(_size, ours[task])) + sum(map(_size, others[task])) for task in TASKS}
    share = config.summary_share
    if share is not None and all(tokens.values()):
        larger, smaller, ratio = "summary", "translation", share / (1 - share)
        if tokens["translation"] * share > tokens["summary"] * (1 - share):
            larger, smaller, ratio = "translation", "summary", (1 - share) / share
        surplus = tokens[larger] - tokens[smaller] * ratio
        while surplus > 0 and others[larger]:
            surplus -= _size(others[larger].pop())
    return [example for part in (ours, others) for examples in part.values() for example in examples]
