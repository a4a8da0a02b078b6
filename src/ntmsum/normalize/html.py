"""The main text of an HTML page, its headline first."""

from __future__ import annotations

import re

from ntmsum.errors import InputError
from ntmsum.normalize.tones import fold

_TAG = re.compile(
    r"</?(?:p|div|br|span|article|section|h[1-6]|ul|li|strong|em|a|img|table)\b[^<>]{0,500}>", re.I
)
_PAGE = re.compile(r"\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)
_FEWEST_TAGS = 3
MOST_TAGS = 30_000  # several times a large news page; extraction would take minutes beyond


def looks_like_html(text: str) -> bool:
    """True for a page, or for a fragment with at least three tags of running text."""
    if _PAGE.match(text):
        return True
    return sum(1 for _, _ in zip(range(_FEWEST_TAGS), _TAG.finditer(text), strict=False)) == _FEWEST_TAGS


def main_text(page: str) -> str:
    """The article in ``page``: headline, then paragraphs, separated by blank lines; comments left out.

    Raises:
        InputError: no article was found in the page, or it has more than ``MOST_TAGS`` tags.
    """
    if page.count("<") > MOST_TAGS:
        raise InputError(
            f"The HTML has more than {MOST_TAGS:,} tags: copy the article's text and paste that."
        )
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            _wrapped(page), include_comments=False, include_tables=True, favor_recall=True, with_metadata=True
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        document = None  # lxml and trafilatura raise these on broken markup
    body = getattr(document, "text", None) or ""
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    if not paragraphs:
        raise InputError(
            "No article text was found in the HTML: copy the article's text from the page and paste that."
        )
    title = _headline(getattr(document, "title", None), getattr(document, "sitename", None))
    if title and fold(title) not in (fold(paragraph) for paragraph in paragraphs[:3]):
        paragraphs.insert(0, title)
    return "\n\n".join(paragraphs)


def _wrapped(page: str) -> str:
    """Fragments get the frame that the extractor looks for."""
    return page if _PAGE.match(page) else f"<html><body><article>{page}</article></body></html>"


def _headline(title: str | None, site: str | None) -> str:
    """The page's title without the site's name at its end."""
    headline = (title or "").strip()
    if site:
        headline = re.sub(rf"\s*[-–|»]\s*{re.escape(site)}\s*\Z", "", headline, flags=re.I)
    return headline
