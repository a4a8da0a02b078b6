"""Training text: sentence pairs and articles out of files of any kind, and filters that count what they drop."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from ntmsum.errors import DataError
from ntmsum.normalize import tone_old
from ntmsum.training.agreement import CAPITALS, capitalized, disagreements, figures_vi, written_out
from ntmsum.training.rows import is_table, read_lines, read_rows
from ntmsum.words import syllables

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """One translation example: Vietnamese ``source``, English ``reference``, and the name of its origin."""

    source: str
    reference: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One summary example: ``body`` (paragraphs joined by a space), its ``summary``, optional ``title``."""

    body: str
    summary: str
    title: str = ""
    regional: bool = False
    origin: str = ""


# Open syllables in oa, oe, uy with the mark on the second vowel; a text without them needs no tone mapping.
_NEW_STYLE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)


def unify(text: str) -> str:
    """NFC with old-style tone marks (hòa, thủy, khỏe): the one spelling that the models are trained on."""
    text = unicodedata.normalize("NFC", text)
    return tone_old(text) if _NEW_STYLE.search(text) else text


def read_pairs(path: str | Path, allow_truncated: bool = False) -> Iterator[Pair]:
    """Pairs of a ``vi<TAB>en`` file (further columns are ignored, blank lines skipped), or of a table with the
    columns ``vi`` and ``en``, which may stand together in a column ``translation`` as in the hub's data sets.

    Raises:
        DataError: a line or row that lacks a side, named by its number.
    """
    origin = Path(path).name.split(".")[0]
    if is_table(path):
        for number, row in read_rows(path):
            sides = row.get("translation", row)
            yield _pair(
                [sides.get("vi"), sides.get("en")], f"{path}, row {number}", "columns vi and en", origin
            )
    else:
        for number, line in read_lines(path, allow_truncated):
            if line.strip():
                cells = line.split("\t")[:2]
                yield _pair(cells, f"{path}, line {number}", "Vietnamese, a tab and English", origin)


def _pair(cells: Sequence[object], where: str, expected: str, origin: str) -> Pair:
    sides = [unicodedata.normalize("NFC", cell).strip() for cell in cells if isinstance(cell, str)]
    if len(sides) < 2 or not all(sides):
        raise DataError(f"{where}: expected {expected}.")
    return Pair(unify(sides[0]), sides[1], origin)


def read_articles(
    path: str | Path, summary: str = "abstract", body: str = "body"
) -> Iterator[ArticleSummary]:
    """Articles of a table with the text columns ``summary`` and ``body`` (and perhaps ``title``).

    Raises:
        DataError: a row without these, named by its number.
    """
    origin = Path(path).name.split(".")[0]
    for number, row in read_rows(path):
        cells = (row.get(body), row.get(summary), row.get("title") or "")
        if not all(isinstance(cell, str) for cell in cells):
            raise DataError(
                f"{path}, row {number}: expected text fields {body!r} and {summary!r}; it has {', '.join(row)}."
            )
        text, abstract, title = (unify(" ".join(str(cell).split())) for cell in cells)
        yield ArticleSummary(text, abstract, title, is_regional(abstract, text), origin)


_PLACE_LEVELS = re.compile(rf"\b(?:xã|huyện|thị trấn|thị xã|thôn|phường)\s+[{CAPITALS}]")
_PROVINCE_CUES = re.compile(rf"\btỉnh\b|\bUBND\b|\bnông thôn mới\b|\(\s*[{CAPITALS}]\w+ [{CAPITALS}]\w+\s*\)")


def is_regional(summary: str, body: str) -> bool:
    """Whether the news names a commune, district or hamlet of a province in its summary or opening."""
    head = f"{summary} {body[:300]}"
    return bool(_PLACE_LEVELS.search(head) and _PROVINCE_CUES.search(head))


def syllable_count(text: str) -> int:
    """Number of Vietnamese syllables: runs of letters or digits."""
    return len(syllables(text))


# --- filters: each returns the name of the rule that drops the example, or None -------------------------------


_VI_MARKS = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)


def reject_pair(pair: Pair, max_words: int = 90) -> str | None:
    """The rule by which a translation pair is dropped, or None to keep it."""
    vi, en = pair.source.split(), pair.reference.split()
    if len(vi) > max_words or len(en) > max_words:
        return "too long"
    if len(vi) > 4 and not 0.45 <= len(en) / len(vi) <= 1.6:
        return "length ratio"
    if len(vi) > 4 and (not _VI_MARKS.search(pair.source) or len(_VI_MARKS.findall(pair.reference)) > 6):
        return "language"
    if disagreements(pair.source, pair.reference):
        return "figures disagree"
    if written_out(pair.source, pair.reference):
        return "figure written out"
    return None


_TEASER = re.compile(
    r"(?:\.\.\.|…|\?|:)\s*[”\"]?$|dưới đây|sau đây|mời (?:bạn|quý|độc)|cùng (?:xem|tìm hiểu|khám phá)"
    r"|^(?:clip|video|ảnh)\b|theo dõi (?:bài|video)|bạn đọc|độc giả|bài viết",
    re.IGNORECASE,
)


def reject_summary(item: ArticleSummary) -> str | None:
    """The rule by which an article with its summary is dropped, or None to keep it.

    What the summary states must be in the body: every figure, every capitalized name, most words and word pairs.
    A model trained on summaries that know more than the article learns to invent.
    """
    if not 14 <= syllable_count(item.summary) <= 110 or item.summary[-1] not in '.!”"':
        return "length or ending"
    if not 90 <= syllable_count(item.body) <= 900:
        return "body length"
    if _TEASER.search(item.summary):
        return "teaser"
    if not figures_vi(item.summary) <= figures_vi(item.body):
        return "figure not in body"
    if any(name not in item.body for name in capitalized(item.summary)):
        return "name not in body"
    wanted, have = syllables(item.summary), syllables(item.body)
    vocabulary, bigrams, pairs = set(have), set(pairwise(have)), list(pairwise(wanted))
    if sum(word in vocabulary for word in wanted) < 0.9 * len(wanted):
        return "word coverage"
    if sum(pair in bigrams for pair in pairs) < 0.5 * len(pairs):
        return "word-pair coverage"
    return None


def keep(items: Iterable[T], reject: Callable[[T], str | None], counts: Counter[str]) -> Iterator[T]:
    """Pass on the items that ``reject`` has no rule against; ``counts`` gains one per dropped rule and ``kept``."""
    for item in items:
        rule = reject(item)
        counts[rule or "kept"] += 1
        if rule is None:
            yield item
