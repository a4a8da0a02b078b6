"""Which sentences of an article carry its news: a score from nothing but the article."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from ntmsum.facts import extract_facts
from ntmsum.facts.names import extract_names
from ntmsum.tables import load_toml
from ntmsum.words import CAPITALS, ngrams, syllables

_QUOTED = re.compile(r"[“\"][^”\"]*(?:[”\"]|$)")
_TIMES = frozenset({"date", "period", "time"})
_FEW = 10
_MANY = 3
_OFTEN = 4


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a sentence and against it, each between 0 and 1.

    Args:
        central: how like the rest of the article it is (cosine of TF-IDF syllables and pairs).
        topic: how much it says that other sentences speak of as well.
        title: share of the headline's weight that it covers.
        lead: nearness to the beginning; opens: it begins a paragraph.
        figures, names: up to three of each; date: whether it says when.
        actors: how often the article names those whom it names.
        told: it tells what has been done or found; total: of the whole district or all the money;
            official: a body says so.
        quote, question, goal: it is speech, it asks or breaks off, it tells what is wanted.
        personal: it is about a person who holds no office.
        scene: it shows a moment instead of telling news.
        leaning: it cannot be understood without the sentence before.
        brief: under ten different syllables.
    """

    central: float
    topic: float
    title: float
    lead: float
    opens: float
    figures: float
    date: float
    names: float
    actors: float
    told: float
    total: float
    official: float
    quote: float
    personal: float
    goal: float
    leaning: float
    question: float
    scene: float
    brief: float


class Salience:
    """The weights of one article's words, to score its sentences and what is made of them.

    Args:
        sentences: the article's sentences in order.
        title: its headline; empty when it has none.
        opening: positions of the sentences that begin a paragraph.
    """

    def __init__(self, sentences: Sequence[str], title: str = "", opening: Collection[int] = ()) -> None:
        self._opening = opening
        self._named = Counter(n.joined for text in sentences for n in extract_names(text, "vi"))
        self._bags = [_bag(text) for text in sentences]
        self._speech = [
            within or _quoted(text) > 0.5
            for text, within in zip(sentences, _within_quotes(sentences), strict=True)
        ]
        self._frequency = Counter(f for bag in self._bags for f in bag)
        self._idf = {f: math.log(1 + len(self._bags) / n) for f, n in self._frequency.items()}
        self._whole: dict[tuple[str, ...], float] = defaultdict(float)
        for bag in self._bags:
            for feature, n in bag.items():
                self._whole[feature] += n * self._idf[feature]
        self._title = {f: self._idf[f] for f in _bag(title) if f in self._idf}
        self._most_central = max((self._central(b, b) for b in self._bags), default=0.0) or 1.0
        self._most_topical = max(map(self._topical, self._bags), default=0.0) or 1.0

    def score(self, text: str, at: int) -> float:
        """The weighted sum of the features of ``text``.

        Args:
            text: a sentence of the article or a shortened form of one.
            at: the position of that sentence.
        """
        return weigh(self.describe(text, at))

    def describe(self, text: str, at: int) -> Features:
        """The features of a sentence or a shortened form of it, as in ``score``."""
        bag = _bag(text)
        facts = [f for f in extract_facts(text, "vi") if f.certain]
        names = [n for n in extract_names(text, "vi") if n.certain]
        covered = sum(w for f, w in self._title.items() if f in bag)
        return Features(
            central=self._central(bag, self._bags[at]) / self._most_central,
            topic=self._topical(bag) / self._most_topical,
            title=covered / (sum(self._title.values()) or 1.0),
            lead=1 / (1 + at / 2),
            opens=float(at in self._opening),
            figures=min(_MANY, sum(f.kind not in _TIMES for f in facts)) / _MANY,
            date=float(any(f.kind in _TIMES for f in facts)),
            names=min(_MANY, len(names)) / _MANY,
            actors=min(
                1.0, sum(min(_OFTEN, self._named[n.joined]) for n in names[:_MANY]) / (_MANY * _OFTEN)
            ),
            told=float(_has("told", text)),
            total=float(_has("total", text)),
            official=float(_has("official", text)),
            quote=float(self._speech[at] or _quoted(text) > 0.3),
            personal=float(_has("personal", text) and not _has("office", text)),
            goal=float(_has("goal", text)),
            leaning=float(_has("leaning", text)),
            question=float(text.endswith(("?", "!", "…", "..."))),
            scene=float(_has("scene", text)),
            brief=float(sum(len(f) == 1 for f in bag) < _FEW),
        )

    def is_speech(self, at: int) -> bool:
        """Whether article sentence ``at`` begins or ends within a quotation, or is mostly one."""
        return self._speech[at]

    def overlap(self, one: str, other: str) -> float:
        """Share of the lighter text's weight (0 to 1) that the other says as well."""
        a, b = _bag(one), _bag(other)
        common = sum(self._idf.get(f, 0.0) for f in a if f in b)
        lighter = min(sum(self._idf.get(f, 0.0) for f in bag) for bag in (a, b))
        return common / lighter if lighter else 0.0

    def _central(self, bag: Mapping[tuple[str, ...], int], own: Mapping[tuple[str, ...], int]) -> float:
        weights = {f: n * self._idf[f] for f, n in bag.items() if f in self._idf}
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return sum(w * (self._whole[f] - own.get(f, 0) * self._idf[f]) for f, w in weights.items()) / norm

    def _topical(self, bag: Mapping[tuple[str, ...], int]) -> float:
        shared = sum(self._idf[f] for f in bag if self._frequency.get(f, 0) > 1)
        return shared / math.sqrt(len(bag) or 1)


def weigh(features: Features) -> float:
    """The sum of the features by the weights of the table."""
    weights = _weights()
    return sum(weights[name] * float(value) for name, value in asdict(features).items())


def _quoted(text: str) -> float:
    """Share of the text that stands in quotation marks."""
    return sum(len(m.group()) for m in _QUOTED.finditer(text)) / (len(text) or 1)


def _within_quotes(sentences: Sequence[str]) -> list[bool]:
    """For each sentence whether it begins or ends within a quotation, which may go over several."""
    found, inside = [], False
    for text in sentences:
        begun = inside
        for mark in re.findall(r"[“”\"]", text):
            inside = mark == "“" or (mark == '"' and not inside)
        found.append(begun or inside)
    return found


def _bag(text: str) -> Counter[tuple[str, ...]]:
    tokens = syllables(text)
    return ngrams(tokens, 1) + ngrams(tokens, 2)


def _has(group: str, text: str) -> bool:
    return _pattern(group).search(text) is not None


@cache
def _pattern(group: str) -> re.Pattern[str]:
    patterns = load_toml(__package__, "salience.toml")["words"][group]
    return re.compile("|".join(patterns).replace("CAPITALS", CAPITALS))


@cache
def _weights() -> Mapping[str, float]:
    weights: dict[str, float] = load_toml(__package__, "salience.toml")["weights"]
    return weights
