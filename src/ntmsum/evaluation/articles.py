"""Our evaluation set: articles with reference summary, reference translations and key facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ntmsum.errors import DataError
from ntmsum.evaluation.files import check_ids, eval_folder, hash_files, read_jsonl

SET = "regional-news-v1"
# From this id on nobody looks at single outputs while working on rules or models.
HELD_OUT_FROM = "rn-076"
HELD_OUT = "held out"
FactKind = Literal["numbers", "names", "terms"]
_KINDS: tuple[FactKind, ...] = ("numbers", "names", "terms")
_TEXTS = ("id", "title", "article", "province", "era", "theme", "summary_vi", "summary_en", "misreading")


@dataclass(frozen=True, slots=True)
class KeyFact:
    """One fact that a summary must keep, as the article and as the English reference write it."""

    kind: FactKind
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class EvalArticle:
    """One article of the evaluation set.

    Args:
        id: unique in the set.
        title: its headline, which also opens ``article``.
        article: the text as a reporter filed it, paragraphs parted by blank lines.
        province: the province's name at the time of the article.
        era: "pre-2025" or "post-2025", before or after the administrative reform of July 2025.
        theme: what it is about, such as "floods-storms".
        summary_vi: the reference summary, two to three sentences.
        summary_en: its reference translation, sentence by sentence.
        summary_en_2: a second, independent reference; empty where there is none.
        key_facts: what a summary must keep.
        misreading: what would be a wrong reading, in English.
    """

    id: str
    title: str
    article: str
    province: str
    era: str
    theme: str
    summary_vi: str
    summary_en: str
    summary_en_2: str
    key_facts: tuple[KeyFact, ...]
    misreading: str

    @property
    def held_out(self) -> bool:
        """True for the part that nothing is tuned on, so that a gain there is no gain by heart."""
        return self.id >= HELD_OUT_FROM

    @property
    def references_en(self) -> tuple[str, ...]:
        """The English references, one or two."""
        return (self.summary_en, self.summary_en_2) if self.summary_en_2 else (self.summary_en,)


def set_files(folder: Path | None = None) -> list[Path]:
    """The JSON Lines files of the set, by name.

    Raises:
        DataError: there are none.
    """
    folder = folder or eval_folder() / SET
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise DataError(f"{folder} holds no .jsonl file; the evaluation set is missing.")
    return files


def read_articles(folder: Path | None = None) -> tuple[EvalArticle, ...]:
    """The evaluation set, in order of id.

    Args:
        folder: where its ``*.jsonl`` lie; None takes the shipped set.

    Raises:
        DataError: a file is missing or malformed, a field is missing or empty, or an id occurs twice.
    """
    articles = [_article(row, path) for path in set_files(folder) for row in read_jsonl(path)]
    check_ids((a.id for a in articles), "The evaluation set")
    return tuple(sorted(articles, key=lambda a: a.id))


def set_hash(folder: Path | None = None) -> str:
    """SHA-256 of the evaluation set.

    Raises:
        DataError: it is missing.
    """
    return hash_files(set_files(folder))


def _article(row: dict[str, Any], path: Path) -> EvalArticle:
    name = row.get("id", "an article without an id")
    for field in _TEXTS:
        if not isinstance(row.get(field), str) or not row[field].strip():
            raise DataError(f"{path}: {name} has no {field}; every article needs one.")
    facts = row.get("key_facts")
    if not isinstance(facts, dict) or not set(facts) <= set(_KINDS):
        raise DataError(f"{path}: {name} needs key_facts with {', '.join(_KINDS)}.")
    try:
        key_facts = tuple(KeyFact(kind, f["vi"], f["en"]) for kind in _KINDS for f in facts.get(kind, ()))
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: {name} has a key fact without vi and en.") from error
    texts = {field: row[field] for field in _TEXTS}
    return EvalArticle(**texts, summary_en_2=row.get("summary_en_2") or "", key_facts=key_facts)
