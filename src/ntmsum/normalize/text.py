"""Anything pasted to an Article: the stages in their order."""

from __future__ import annotations

from typing import Literal

from ntmsum.article import Article, Note, Removal, Sentence
from ntmsum.errors import InputError
from ntmsum.normalize.boilerplate import strip_boilerplate, whole_line_rule
from ntmsum.normalize.characters import clean
from ntmsum.normalize.decode import decode
from ntmsum.normalize.html import looks_like_html, main_text
from ntmsum.normalize.language import check_language
from ntmsum.normalize.layout import paragraphs
from ntmsum.normalize.sentences import split_sentences

LONGEST_TITLE = 220  # code points
_EMPTY = "The text is empty: paste an article or name a file that holds one."


def normalize(text: str | bytes, *, markup: Literal["auto", "text", "html"] = "auto") -> Article:
    """The article in whatever was pasted or read from a file.

    Args:
        text: plain text or HTML, as text or as bytes in any encoding that Vietnamese is stored in.
        markup: what ``text`` is; "auto" looks for HTML tags.

    Returns:
        The article. Its ``source`` is the decoded text (for HTML the extracted main text, and a note says so);
        sentences and removals together cover all of it but blanks and invisible characters.

    Raises:
        InputError: empty, over ``MAX_BYTES``, not text, only boilerplate, or not Vietnamese.
    """
    source, notes = decode(text)
    if markup == "html" or (markup == "auto" and looks_like_html(source)):
        if not source.strip():
            raise InputError(_EMPTY)
        source = main_text(source)
        notes.append(Note("html", "The main text was taken out of HTML; positions count in that text."))
    article = _article(source, notes)
    warning = check_language(article.text)
    if warning is None:
        return article
    return Article(
        article.source, article.title, article.sentences, article.removed, (*article.notes, warning)
    )


def _article(source: str, notes: list[Note]) -> Article:
    revision, mended = clean(source)
    found = paragraphs(revision.text, lambda line: whole_line_rule(line) is not None)
    if not found:
        raise InputError(_EMPTY)
    stripped = strip_boilerplate([paragraph.text for paragraph in found])
    sentences: list[Sentence] = []
    count = 0
    for paragraph, span in zip(found, stripped.kept, strict=True):
        if span is None:
            continue
        kept, offset = paragraph.text[span.start : span.end], paragraph.span.start + span.start
        for piece in split_sentences(kept):
            place = revision.span(offset + piece.start, offset + piece.end)
            sentences.append(Sentence(kept[piece.start : piece.end], place, count))
        count += 1
    if not sentences:
        raise InputError(
            "Only page furniture (datelines, links, comment forms) was found: paste the article's text."
        )
    removed: list[Removal] = []
    for cut in stripped.cuts:
        offset = found[cut.paragraph].span.start
        place = revision.span(offset + cut.span.start, offset + cut.span.end)
        removed.append(Removal(cut.rule, source[place.start : place.end], place))
    return Article(source, _title(sentences), tuple(sentences), tuple(removed), (*notes, *mended))


def _title(sentences: list[Sentence]) -> str | None:
    """The first paragraph, when it is one short sentence without a full stop and others follow."""
    first = sentences[0]
    others = [sentence for sentence in sentences[1:] if sentence.paragraph != first.paragraph]
    alone = len(others) == len(sentences) - 1 and bool(others)
    unfinished = first.text[-1] not in ".…:;,"
    item = first.text[0] in "-–—•*+"
    return first.text if alone and unfinished and not item and len(first.text) <= LONGEST_TITLE else None
