"""What the recipe reads: text lines (plain, .xz, .zst), and rows of JSON lines, Parquet and saved data sets."""

from __future__ import annotations

import io
import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from ntmsum.errors import DataError


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


def is_table(path: str | Path) -> bool:
    """Whether a file has named columns: JSON lines, Parquet, or a folder that ``Dataset.save_to_disk`` wrote."""
    path = Path(path)
    return path.is_dir() or bool({".jsonl", ".parquet"} & set(path.suffixes))


def read_rows(path: str | Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Row numbers (from 1) and rows of a table; blank lines of JSON lines are skipped.

    Raises:
        DataError: it is missing or no such table, or a line is no JSON object; the line is named.
    """
    path = Path(path)
    if path.is_dir() or path.suffix == ".parquet":
        import datasets

        try:
            rows = (
                datasets.load_from_disk(str(path))
                if path.is_dir()
                else datasets.Dataset.from_parquet(str(path))
            )
        except (OSError, ValueError, datasets.exceptions.DatasetsError) as error:
            raise DataError(f"{path} cannot be read as a data set ({error}); check the path.") from error
        if isinstance(rows, datasets.DatasetDict):
            raise DataError(f"{path} has the splits {', '.join(rows)}; give the folder of one of them.")
        yield from enumerate(rows, 1)
        return
    for number, line in read_lines(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DataError(f"{path}, line {number}: no JSON ({error}).") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}, line {number}: expected a JSON object, not {line[:40]!r}.")
        yield number, row
