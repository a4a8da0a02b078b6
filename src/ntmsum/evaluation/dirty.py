"""Dirty variants of clean articles: what a newsroom really pastes. Same article, same variant, same text."""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import Template

from ntmsum.evaluation.articles import EvalArticle
from ntmsum.tables import load_text, load_toml
from ntmsum.words import strip_marks

PER_KIND = 5
_CAPTIONS = (
    "Quang cảnh nhìn từ trên cao. Ảnh: Bảo Lâm",
    "Người dân tại hiện trường sáng nay. Ảnh: CTV",
    "(Ảnh: Thu Giang)",
)


@dataclass(frozen=True, slots=True)
class DirtyItem:
    """One dirty text and what lies under it.

    Args:
        id: article id and kind.
        kind: one of ``KINDS``.
        text: what is pasted.
        articles: the clean articles in it, one or two.
    """

    id: str
    kind: str
    text: str
    articles: tuple[EvalArticle, ...]


def decompose(text: str) -> str:
    """Letters and marks apart (NFD), as macOS file names and some editors have them."""
    return unicodedata.normalize("NFD", text)


def to_tcvn3(text: str) -> str:
    """TCVN3 bytes read as Latin-1; capitals with marks are lost, as in its lower-case fonts."""
    letters = _tcvn3()
    plain = re.sub("[“”]", '"', re.sub("[‘’]", "'", re.sub("[–—]", "-", text.replace("…", "..."))))
    return "".join(letters.get(c, letters.get(c.lower(), c)) for c in plain)


def to_mojibake(text: str) -> str:
    """UTF-8 read as Windows-1252, the bytes that it does not have as control characters, as browsers do."""
    return "".join(_as_windows(byte) for byte in text.encode())


def to_page(text: str) -> str:
    """An HTML page with navigation, share bars, related links, comments and a comment form."""
    title, *paragraphs = text.split("\n\n")
    body = "\n".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    return Template(load_text(__package__, "dirty_page.html")).substitute(
        title=html.escape(title), paragraphs=body
    )


def to_scan(text: str) -> str:
    """Text from a scanner: hard line ends, doubled spaces, spaces before commas and full stops."""
    lines = []
    for paragraph in text.split("\n\n"):
        loose = re.sub(r"(?<=[^\W\d]), ", " , ", paragraph)
        loose = re.sub(r"(?<=[^\W\d])\.(?= )", " .", loose)
        lines.append("\n".join(textwrap.wrap(loose, 64, break_long_words=False)))
    words = "\n\n".join(lines).split(" ")
    return "".join(w + ("  " if i % 7 == 6 else " ") for i, w in enumerate(words)).strip()


def with_captions(text: str) -> str:
    """Picture captions and a byline between the paragraphs."""
    paragraphs = text.split("\n\n")
    for n, caption in enumerate(_CAPTIONS):
        paragraphs.insert(min(2 + 2 * n, len(paragraphs)), caption)
    return "\n\n".join([*paragraphs, "Bài, ảnh: Bảo Lâm"])


#: The kinds made from one article; "two" pastes two articles together.
KINDS: Mapping[str, Callable[[str], str]] = {
    "nfd": decompose,
    "tcvn3": to_tcvn3,
    "mojibake": to_mojibake,
    "html": to_page,
    "scan": to_scan,
    "unmarked": strip_marks,
    "captions": with_captions,
}


def dirty_items(articles: Sequence[EvalArticle]) -> list[DirtyItem]:
    """Five dirty texts of each kind and five pairs of articles, from articles spread over the set.

    Args:
        articles: the whole evaluation set, in order of id.
    """
    count = (len(KINDS) + 1) * PER_KIND
    chosen = [articles[i * len(articles) // count] for i in range(count)]
    items = []
    for n, kind in enumerate(KINDS):
        for article in chosen[n :: len(KINDS) + 1]:
            items.append(DirtyItem(f"{article.id}-{kind}", kind, KINDS[kind](article.article), (article,)))
    for article in chosen[len(KINDS) :: len(KINDS) + 1]:
        other = articles[(articles.index(article) + len(articles) // 2) % len(articles)]
        text = f"{article.article}\n\n{other.article}"
        items.append(DirtyItem(f"{article.id}-two", "two", text, (article, other)))
    return items


@cache
def _tcvn3() -> dict[str, str]:
    table = load_toml("ntmsum.normalize", "legacy.toml")["tcvn3"]
    return dict(zip(table["means"], table["bytes"], strict=True))


def _as_windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
