"""Our own text: hand-written articles with summaries at three lengths in both languages, and its held-out tenth."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ntmsum.errors import DataError
from ntmsum.normalize import sentence_texts
from ntmsum.training.batches import LENGTHS
from ntmsum.training.corpus import Pair, unify
from ntmsum.training.rows import read_lines


@dataclass(frozen=True)
class DomainArticle:
    """One of our own articles.

    Args:
        id: its name, which also decides whether it is held out.
        title, article: the text.
        summaries: Vietnamese summaries by length.
        translations: their English, by length.
    """

    id: str
    title: str
    article: str
    summaries: Mapping[str, str]
    translations: Mapping[str, str]

    def sentence_pairs(self) -> Iterator[Pair]:
        """Sentences of the summaries with their translations where the counts agree, whole summaries elsewhere."""
        for length, summary in self.summaries.items():
            english = self.translations[length]
            vi, en = sentence_texts(summary), sentence_texts(english)
            for source, reference in zip(vi, en, strict=True) if len(vi) == len(en) else [(summary, english)]:
                yield Pair(source, reference, "domain")


def held_out(name: str, share: int = 10) -> bool:
    """Whether an example is kept from training to measure on: one in ``share``, the same everywhere."""
    return zlib.crc32(name.encode("utf-8")) % share == 0


def read_domain(path: str) -> list[DomainArticle]:
    """Articles of a JSON-lines file with ``id, title, article`` and ``{short,medium,long}_{vi,en}``.

    Raises:
        DataError: a line lacks one of these or is no JSON object; it is named by its number.
    """
    found = []
    for number, line in read_lines(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = {key: unify(row[key]) for key in ("title", "article", *(f"{name}_vi" for name in LENGTHS))}
            found.append(
                DomainArticle(
                    str(row["id"]), text["title"], text["article"],
                    {name: text[f"{name}_vi"] for name in LENGTHS},
                    {name: str(row[f"{name}_en"]) for name in LENGTHS},
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                f"{path}, line {number}: not one of our articles with summaries ({error!r})."
            ) from error
    return found
