"""An uploaded .jsonl, .csv or .zip of articles as the input of a batch; nothing is unpacked under a name of its own."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ntmsum.alerts import Language
from ntmsum.app.files import read_file
from ntmsum.app.messages import message
from ntmsum.batch import open_source
from ntmsum.errors import InputError
from ntmsum.normalize import MAX_BYTES
from ntmsum.normalize.decode import decode

TABLES = (".jsonl", ".csv")
ARTICLES = (".txt", ".html", ".htm", ".docx")
# Entries of a .zip, pictures and folders included; how far all that is read of it may unpack.
MOST_ENTRIES = 20_000
MOST_UNPACKED = 200_000_000
_LONGEST_NAME = 120
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an upload may be.

    Args:
        size: of the file, in bytes.
        rows: articles in it.
    """

    size: int
    rows: int


def keep_articles(upload: Path, folder: Path, limits: Limits, language: Language) -> tuple[Path, int]:
    """Put the articles of an upload into a folder, as a file that ``run_batch`` reads.

    Args:
        upload: the file; its name decides how it is read, and is used for nothing else.
        folder: where the input is to lie.
        limits: what is refused.
        language: language of the messages.

    Returns:
        The input, and how many rows it has.

    Raises:
        InputError: too large, of another kind, damaged, or without articles.
    """
    if upload.stat().st_size > limits.size:
        raise InputError(message("file_large", language, n=f"{limits.size / 1e6:g}"))
    kind = upload.suffix.lower()
    if kind in TABLES:
        source = folder / f"articles{kind}"
        shutil.copyfile(upload, source)
    elif kind == ".zip":
        source = folder / "articles.jsonl"
        with source.open("w", encoding="utf-8") as stream:
            for name, text in _unzipped(upload, language):
                stream.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    else:
        raise InputError(message("batch_kind", language))
    count = 0
    try:
        for count, _ in enumerate(open_source(source), 1):
            if count > limits.rows:
                raise InputError(message("batch_rows", language, n=f"{limits.rows:,}"))
    except InputError as error:
        if count > limits.rows:
            raise
        # The reader names the file by its path on the server, and options of the command line.
        reason = re.sub(r" Name one with --\S+$", "", str(error)).replace(str(source), "…")
        raise InputError(message("batch_unreadable", language, reason=reason)) from None
    return source, count


def _unzipped(path: Path, language: Language) -> Iterator[tuple[str, str]]:
    """Name and text of the articles in a .zip; what cannot be read is an empty text, told with its row."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if len(entries) > MOST_ENTRIES:
                raise InputError(message("batch_bomb", language))
            articles = [e for e in entries if _is_article(e)]
            if not articles:
                raise InputError(message("batch_empty", language))
            if any(e.flag_bits & 1 for e in articles):
                raise InputError(message("batch_locked", language))
            room = MOST_UNPACKED
            names: dict[str, int] = {}
            for entry in articles:
                text, size = _read(package, entry, room, language)
                room -= size
                if room <= 0:
                    raise InputError(message("batch_bomb", language))
                yield _distinct(clean_name(entry.filename), names), text
    except _DAMAGED:
        raise InputError(message("batch_damaged", language)) from None


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, language: Language) -> tuple[str, int]:
    """The text of one entry and how many bytes were unpacked for it."""
    word = entry.filename.lower().endswith(".docx")
    with package.open(entry) as stream:
        # One byte more than an article may have: the normalizer refuses it by its size.
        data = stream.read(min(room, MOST_UNPACKED) if word else MAX_BYTES + 1)
    try:
        if not word:
            return decode(data)[0], len(data)
        with TemporaryDirectory(prefix="ntmsum-") as folder:
            document = Path(folder) / "article.docx"
            document.write_bytes(data)
            return read_file(document, MOST_UNPACKED, language), len(data)
    except InputError:
        # The batch's own reader refuses it again, and its reason stands in the row.
        return "" if word else data.decode("utf-8", "replace"), len(data)


def _is_article(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower() in ARTICLES


def clean_name(name: str) -> str:
    """An entry's name as it may be shown: no way up, no root, no invisible signs. It never names a file here."""
    parts = [p for p in _UNSEEN.sub("", name).replace("\\", "/").split("/") if p not in ("", ".", "..")]
    return "/".join(parts)[-_LONGEST_NAME:] or "?"


def _distinct(name: str, names: dict[str, int]) -> str:
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name} ({names[name]})"
