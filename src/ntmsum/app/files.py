"""A dropped .txt, .html or .docx file as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ntmsum.alerts import Language
from ntmsum.app.messages import message
from ntmsum.errors import InputError
from ntmsum.normalize.decode import decode
from ntmsum.normalize.html import main_text

# A news article in .docx unpacks to some hundred kilobytes; pictures are the rest.
MOST_UNPACKED = 50_000_000
MOST_PARTS = 2_000


def read_file(path: Path, limit: int, language: Language) -> str:
    """The text of an article's file; HTML is reduced to its main text.

    Args:
        path: the file; its name decides how it is read.
        limit: largest size in bytes.
        language: language of the messages.

    Raises:
        InputError: too large, of another kind, damaged, or without text.
    """
    if path.stat().st_size > limit:
        raise InputError(message("file_large", language, n=f"{limit / 1e6:g}"))
    kind = path.suffix.lower()
    if kind == ".docx":
        return _read_docx(path, language)
    if kind == ".txt":
        return decode(path.read_bytes())[0]
    if kind in (".html", ".htm"):
        return main_text(decode(path.read_bytes())[0])
    raise InputError(message("file_kind", language))


def _read_docx(path: Path, language: Language) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
        # zipfile reads no more of a part than it declares, so the declared sizes bound what is unpacked.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise InputError(message("file_bomb", language))
        text = "\n\n".join(_blocks(Document(str(path))))
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        LxmlError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
    ):
        raise InputError(message("file_damaged", language)) from None
    if not text.strip():
        raise InputError(message("file_damaged", language))
    return text


def _blocks(document: Any) -> Iterator[str]:
    """Paragraphs in order, and the rows of tables."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        elif block.text.strip():
            yield block.text
