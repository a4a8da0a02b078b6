"""Readers of each file format: numbered mappings, or the reason why a record cannot be read."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from ntmsum.errors import InputError
from ntmsum.normalize import MAX_BYTES

Record = tuple[int, Mapping[str, Any] | str]

MAX_LINE = 64_000_000
ARTICLE_SUFFIXES = (".txt", ".html", ".htm")


@dataclass
class Meter:
    """How much of an input was read, 0 to 1; None when its size is not known."""

    share: float | None = None


def jsonl_records(path: Path, meter: Meter) -> Iterator[Record]:
    """The objects of a JSON Lines file; a line that is none is a faulty record, blank lines are skipped."""
    size = max(1, path.stat().st_size)
    with _opened(path) as stream:
        for number, line in enumerate(_lines(stream), 1):
            meter.share = stream.tell() / size
            if line.strip() or len(line) > MAX_LINE:
                yield number, _json_object(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)


def csv_records(path: Path, meter: Meter) -> Iterator[Record]:
    """The rows of a CSV or TSV file with a header; comma, semicolon or tab, whichever the header uses most.

    A cell such as ``=SUM(A1)`` is data like any other.
    """
    size = max(1, path.stat().st_size)
    csv.field_size_limit(MAX_LINE)
    with _opened(path) as binary:
        start = binary.read(2)
        binary.seek(0)
        encoding = "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    # What is not UTF-8 comes through as surrogates: the row is refused later, not the whole file.
    with TextIOWrapper(_opened(path), encoding, errors="surrogateescape", newline="") as stream:
        first = stream.readline(MAX_LINE)
        stream.seek(0)
        rows = csv.reader(stream, delimiter=max(",;\t", key=first.count), strict=True)
        header: list[str] = []
        number = 0
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except (csv.Error, UnicodeError) as error:
                number += 1
                yield number, f"The row near line {rows.line_num} is not CSV ({error})."
                if isinstance(error, UnicodeError):
                    return
                continue
            if not cells:
                continue
            if not header:
                header = cells
                continue
            number += 1
            meter.share = stream.buffer.tell() / size
            if len(cells) == len(header):
                yield number, dict(zip(header, cells, strict=True))
            else:
                yield (
                    number,
                    f"The row before line {rows.line_num} has {len(cells)} cells, the header {len(header)}.",
                )


def parquet_records(path: Path, meter: Meter) -> Iterator[Record]:
    """The rows of a Parquet file, a few hundred in memory at a time."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            total = max(1, file.metadata.num_rows)
            number = 0
            for batch in file.iter_batches(batch_size=256):
                for values in batch.to_pylist():
                    number += 1
                    meter.share = number / total
                    yield number, values
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path} cannot be read as Parquet ({_line(error)}); check the file.") from error


def folder_records(path: Path, meter: Meter) -> Iterator[Record]:
    """The ``.txt`` and ``.html`` files below a folder, by name; the id is the path below the folder."""
    found = sorted(p for p in path.rglob("*") if p.is_file())
    files = [p for p in found if p.suffix.lower() in ARTICLE_SUFFIXES]
    if not files:
        kinds = ", ".join(sorted({p.suffix or p.name for p in found})[:8]) or "nothing"
        raise InputError(f"{path} holds no {' or '.join(ARTICLE_SUFFIXES)} file; it holds {kinds}.")
    for number, file in enumerate(files, 1):
        meter.share = number / len(files)
        try:
            with file.open("rb") as stream:
                # One byte more than an article may have: the normalizer refuses it by its size.
                text = stream.read(MAX_BYTES + 1)
        except OSError as error:
            yield number, f"{file.relative_to(path)} cannot be read ({error.strerror})."
            continue
        yield number, {"id": file.relative_to(path).as_posix(), "text": text}


def saved_dataset_records(path: Path, meter: Meter) -> Iterator[Record]:
    """The rows of a dataset written by ``Dataset.save_to_disk``."""
    import datasets

    return table_records(datasets.load_from_disk(str(path)), meter)


def hub_records(name: str, meter: Meter) -> Iterator[Record]:
    """The rows of a hub dataset, streamed; ``name`` may end in ``:SPLIT``, "train" by default."""
    import datasets

    name, _, split = name.partition(":")
    try:
        rows = datasets.load_dataset(name, split=split or "train", streaming=True)
        yield from table_records(rows, meter)
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(
            f"The dataset {name} cannot be read ({_line(error)}); check its name and split, and the network."
        ) from error


def table_records(rows: Iterable[Mapping[str, Any]], meter: Meter) -> Iterator[Record]:
    """The rows of any iterable of mappings."""
    total = len(rows) if isinstance(rows, Sized) else 0
    for number, values in enumerate(rows, 1):
        meter.share = number / total if total else None
        yield number, values if isinstance(values, Mapping) else f"The row is a {type(values).__name__}."


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its permissions.") from error


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of a binary stream; of a longer one than ``MAX_LINE`` the beginning, one byte over the limit."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE + 1)
        yield line


def _json_object(line: bytes) -> Mapping[str, Any] | str:
    if len(line) > MAX_LINE:
        return f"The line is longer than {MAX_LINE:,} bytes."
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"The line is not UTF-8 (byte {error.start})."
    except (json.JSONDecodeError, RecursionError) as error:
        return f"The line is not JSON ({_line(error)})."
    return value if isinstance(value, dict) else "The line holds no JSON object."


def _line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
