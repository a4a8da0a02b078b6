"""Long summaries where the news has only short ones: a summary and one more telling sentence of the body."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from ntmsum.training.agreement import CAPITALS
from ntmsum.training.corpus import ArticleSummary, syllable_count

# A sentence that leans on the one before it, speaks in the first person or quotes does not stand alone in a summary.
_LEANING = re.compile(
    r"^(?:Tuy nhiên|Ngoài ra|Đồng thời|Bên cạnh|Do đó|Vì vậy|Nhưng|Và|Sau đó|Ông|Bà|Anh|Chị|Người này|Theo đó"
    r"|Khi đó|Lúc này)\b"
)
_SPOKEN = re.compile(r"[“”\"?!…]|\b(?:tôi|chúng tôi|em|ảnh)\b", re.IGNORECASE)
_NAME = re.compile(rf"[{CAPITALS}]\w+")


def lengthen(
    item: ArticleSummary,
    split: Callable[[str], Sequence[str]],
    rng: random.Random,
    bounds: tuple[int, int] = (46, 95),
) -> str | None:
    """The summary with the most telling further sentence of the body, or None where there is none.

    A sentence counts by its figures and by names it shares with the summary, less by its distance from the top;
    it must say something new and make sense alone.

    Args:
        item: article and summary.
        split: sentence splitter.
        rng: breaks ties.
        bounds: syllables of the result.
    """
    known = set(item.summary.lower().split())
    names = set(_NAME.findall(item.summary))
    sentences = split(item.body)
    best: tuple[float, str] | None = None
    for position, sentence in enumerate(sentences[: max(4, int(len(sentences) * 0.7))]):
        words = sentence.lower().split()
        size = syllable_count(sentence)
        if (
            not 14 <= size <= 42
            or not sentence.endswith(".")
            or _LEANING.search(sentence)
            or _SPOKEN.search(sentence)
        ):
            continue
        if sum(word in known for word in words) > 0.6 * len(words):
            continue
        figures = len(set(re.findall(r"\d+", sentence)))
        score = (
            0.6 * figures + 0.4 * len(names & set(_NAME.findall(sentence))) - 0.15 * position + rng.random()
        )
        if best is None or score > best[0]:
            best = (score, sentence)
    if best is None:
        return None
    longer = f"{item.summary} {best[1]}"
    return longer if bounds[0] <= syllable_count(longer) <= bounds[1] else None
