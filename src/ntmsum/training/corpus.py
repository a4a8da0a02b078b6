"""Training text: readers for TSV and JSON lines (plain, .xz, .zst) and filters that count what they drop."""

from __future__ import annotations

import io
import json
import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, TypeVar

from ntmsum.errors import DataError
from ntmsum.normalize import split_sentences, tone_old
from ntmsum.training.agreement import CAPITALS, disagreements, figures_vi
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


def open_text(path: str | Path) -> IO[str]:
    """Open a UTF-8 text file, decompressing ``.xz`` and ``.zst``.

    Raises:
        DataError: the file does not exist.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"The data file {path} does not exist; check the path in the training configuration.")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".zst":
        import zstandard

        return io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(path.open("rb")), encoding="utf-8")
    return path.open(encoding="utf-8")


def read_lines(path: str | Path, allow_truncated: bool = False) -> Iterator[tuple[int, str]]:
    """Line numbers (from 1) and lines of a text file.

    Args:
        path: plain, ``.xz`` or ``.zst``.
        allow_truncated: a compressed file that breaks off is read up to the break instead of being refused.

    Raises:
        DataError: missing file, broken compression or wrong encoding; the message names the last good line.
    """
    number = 0
    try:
        with open_text(path) as stream:
            for number, line in enumerate(stream, 1):
                yield number, line.rstrip("\r\n")
    except (EOFError, lzma.LZMAError) as error:
        if not allow_truncated:
            raise DataError(
                f"{path} breaks off after line {number} ({error}); fetch it again or set allow_truncated."
            ) from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8 after line {number}; save it as UTF-8.") from error


# Open syllables in oa, oe, uy with the mark on the second vowel; a text without them needs no tone mapping.
_NEW_STYLE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)


def unify(text: str) -> str:
    """NFC with old-style tone marks (hòa, thủy, khỏe): the one spelling that the models are trained on."""
    text = unicodedata.normalize("NFC", text)
    return tone_old(text) if _NEW_STYLE.search(text) else text


def read_pairs(path: str | Path, allow_truncated: bool = False) -> Iterator[Pair]:
    """Pairs of a ``vi<TAB>en`` file; further columns are ignored, blank lines skipped.

    Raises:
        DataError: a line without a tab or with an empty side, named by its number.
    """
    origin = Path(path).name.split(".")[0]
    for number, line in read_lines(path, allow_truncated):
        if not line.strip():
            continue
        cells = [unicodedata.normalize("NFC", cell).strip() for cell in line.split("\t")[:2]]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise DataError(f"{path}, line {number}: expected Vietnamese, a tab and English.")
        yield Pair(unify(cells[0]), cells[1], origin)


def read_articles(
    path: str | Path, summary: str = "abstract", body: str = "body"
) -> Iterator[ArticleSummary]:
    """Articles of a JSON-lines file with the fields ``summary`` and ``body`` (and perhaps ``title``).

    Raises:
        DataError: a line that is not a JSON object with these text fields, named by its number.
    """
    origin = Path(path).name.split(".")[0]
    for number, line in read_lines(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            texts = [row[body], row[summary], row.get("title") or ""]
            text, abstract, title = (unify(" ".join(text.split())) for text in texts)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                f"{path}, line {number}: expected a JSON object with text fields {body!r} and {summary!r} ({error})."
            ) from error
        yield ArticleSummary(text, abstract, title, is_regional(abstract, text), origin)


_PLACE_LEVELS = re.compile(rf"\b(?:xã|huyện|thị trấn|thị xã|thôn|phường)\s+[{CAPITALS}]")
_PROVINCE_CUES = re.compile(rf"\btỉnh\b|\bUBND\b|\bnông thôn mới\b|\(\s*[{CAPITALS}]\w+ [{CAPITALS}]\w+\s*\)")


def is_regional(summary: str, body: str) -> bool:
    """Whether the news names a commune, district or hamlet of a province in its summary or opening."""
    head = f"{summary} {body[:300]}"
    return bool(_PLACE_LEVELS.search(head) and _PROVINCE_CUES.search(head))


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[span.start : span.end] for span in split_sentences(text)]


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
    return None


_TEASER = re.compile(
    r"(?:\.\.\.|…|\?|:)\s*[”\"]?$|dưới đây|sau đây|mời (?:bạn|quý|độc)|cùng (?:xem|tìm hiểu|khám phá)"
    r"|^(?:clip|video|ảnh)\b|theo dõi (?:bài|video)|bạn đọc|độc giả|bài viết",
    re.IGNORECASE,
)
_CAPITALIZED = re.compile(rf"(?<![.!?:“\"] )(?<!^)\b[{CAPITALS}][\w-]+")


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
    if any(name not in item.body for name in _CAPITALIZED.findall(item.summary)):
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
