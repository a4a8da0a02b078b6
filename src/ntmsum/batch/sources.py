"""Rows of articles out of JSON Lines, CSV, Parquet, folders and Hugging Face datasets, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from ntmsum.batch.formats import (
    Meter,
    Record,
    csv_records,
    folder_records,
    hub_records,
    jsonl_records,
    parquet_records,
    saved_dataset_records,
    table_records,
)
from ntmsum.errors import InputError

# Where the article is looked for when no column is named, best first.
TEXT_COLUMNS = ("text", "article", "content", "body")
ID_COLUMN = "id"
HUB_PREFIX = "hf:"


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the input.

    Args:
        number: its place in the input, from 1 (the line number in JSON Lines).
        id: its id in the input; ``row N`` where it has none.
        text: the article; bytes are decoded by the normalizer. None when the row cannot be used.
        error: why it cannot be used; empty when it can.
    """

    number: int
    id: str
    text: str | bytes | None
    error: str = ""


class Source:
    """Rows of one input, read as they are asked for.

    Args:
        records: numbered mappings, or in place of one the reason why it cannot be read.
        meter: says how much of the input was read.
        where: what messages call the input.
        text_column: the column with the article; None looks for one of ``TEXT_COLUMNS``.
        id_column: the column with the id; None takes ``id`` where there is one.

    Raises:
        InputError: the input has no readable row, or lacks a column; the message names those it has.
    """

    def __init__(
        self,
        records: Iterator[Record],
        meter: Meter,
        where: str,
        text_column: str | None = None,
        id_column: str | None = None,
    ) -> None:
        self._meter = meter
        head: list[Record] = []
        first: Mapping[str, Any] | None = None
        for record in records:
            head.append(record)
            if isinstance(record[1], Mapping):
                first = record[1]
                break
        if first is None:
            reason = f" ({head[0][1]})" if head else ""
            raise InputError(f"{where} has no row that can be read{reason}; check the file.")
        self._text = _column(first, [text_column] if text_column else TEXT_COLUMNS, where, "--text-column")
        self._id = _column(first, [id_column], where, "--id-column") if id_column else ID_COLUMN
        self._records = chain(head, records)

    @property
    def share(self) -> float | None:
        """Which share of the input was read so far, 0 to 1; None when its size is not known."""
        return self._meter.share

    def __iter__(self) -> Iterator[Row]:
        for number, values in self._records:
            name = f"row {number}"
            if isinstance(values, str):
                yield Row(number, name, None, values)
                continue
            given = values.get(self._id)
            name = name if given is None or given == "" else str(given)
            try:
                yield Row(number, _unicode(name), _text(values, self._text))
            except InputError as error:
                yield Row(number, name.encode("utf-8", "replace").decode(), None, str(error))


def open_source(
    source: str | Path | Iterable[Mapping[str, Any]],
    text_column: str | None = None,
    id_column: str | None = None,
) -> Source:
    """Open an input.

    Args:
        source: a ``.jsonl``, ``.csv``, ``.tsv`` or ``.parquet`` file; a folder of ``.txt`` and ``.html``
            files; a folder written by ``Dataset.save_to_disk``; ``hf:NAME`` or ``hf:NAME:SPLIT`` for a
            dataset of the hub; or any iterable of mappings, such as a loaded ``datasets.Dataset``.
        text_column: the column with the article; None looks for one of ``TEXT_COLUMNS``.
        id_column: the column with the id; None takes ``id`` where there is one.

    Raises:
        InputError: there is no such input, it is of an unknown kind, or lacks a column.
    """
    meter = Meter()
    if not isinstance(source, str | Path):
        return Source(table_records(source, meter), meter, "The table", text_column, id_column)
    where = str(source)
    if where.startswith(HUB_PREFIX):
        return Source(
            hub_records(where.removeprefix(HUB_PREFIX), meter), meter, where, text_column, id_column
        )
    path = Path(source)
    if not path.exists():
        raise InputError(f"There is no file or folder {path}; check the path.")
    if path.is_dir():
        if (path / "dataset_info.json").is_file():
            return Source(saved_dataset_records(path, meter), meter, where, text_column, id_column)
        if (path / "dataset_dict.json").is_file():
            splits = sorted(p.parent.name for p in path.glob("*/dataset_info.json"))
            raise InputError(
                f"{path} holds the splits {', '.join(splits)}; name one of them: {path / splits[0]}."
            )
        return Source(folder_records(path, meter), meter, where, "text", "id")
    readers = {
        ".jsonl": jsonl_records,
        ".ndjson": jsonl_records,
        ".csv": csv_records,
        ".tsv": csv_records,
        ".parquet": parquet_records,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            f"{path} is of no kind that can be read; give a folder of .txt or .html files, "
            f"hf:DATASET, or a file ending in {', '.join(readers)}."
        )
    return Source(reader(path, meter), meter, where, text_column, id_column)


def _column(first: Mapping[str, Any], wanted: Sequence[str], where: str, option: str) -> str:
    for name in wanted:
        if name in first:
            return name
    raise InputError(
        f"{where} has no column {' or '.join(wanted)}; it has: {_names(first)}. Name one with {option}."
    )


def _text(values: Mapping[str, Any], column: str) -> str | bytes:
    if column not in values:
        raise InputError(f"The row has no column {column}; it has: {_names(values)}.")
    value = values[column]
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise InputError(f"The column {column} holds {type(value).__name__} and no text.")
    return _unicode(value)


def _unicode(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"The row is not valid UTF-8 (character {error.start}).") from error
    return text


def _names(values: Mapping[str, Any]) -> str:
    names = [str(name) for name in values]
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "") if names else "none"
