"""Writers of the finished table: whole under its name, or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ntmsum.errors import InputError

PART_SUFFIX = ".part"
ROW_GROUP = 512


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the output.

    Args:
        id, row: as in the input.
        error: why there is no report; None when there is one.
        report: the report's JSON value; None when there is none.
    """

    id: str
    row: int
    error: str | None
    report: dict[str, Any] | None


class Sink(Protocol):
    """Takes rows in order and makes a file of them."""

    def write(self, line: Line) -> None:
        """Add a row."""

    def close(self) -> None:
        """Finish the file and flush it to disk."""


class JsonlSink:
    """JSON Lines: ``{"id", "row", "error", "report"}``."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")

    def write(self, line: Line) -> None:
        """Add a row."""
        value = {"id": line.id, "row": line.row, "error": line.error, "report": line.report}
        self._stream.write(json.dumps(value, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Finish the file and flush it to disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()


class ParquetSink:
    """Parquet: id, row, error, title, summary, translation, alerts (their number), report (JSON)."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        texts = ("error", "title", "summary", "translation", "report")
        self._schema = pa.schema(
            [
                pa.field("id", pa.string(), nullable=False),
                pa.field("row", pa.int64(), nullable=False),
                *(pa.field(name, pa.string()) for name in texts),
                pa.field("alerts", pa.int32()),
            ]
        )
        self._stream = path.open("wb")
        self._writer = parquet.ParquetWriter(self._stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, line: Line) -> None:
        """Add a row."""
        report = line.report
        flat: dict[str, Any] = {"id": line.id, "row": line.row, "error": line.error}
        if report is not None:
            flat |= {
                "title": report["source"]["title"],
                "summary": report["summary"]["text"],
                "translation": report["translation"]["text"],
                "report": json.dumps(report, ensure_ascii=False),
                "alerts": len(report["alerts"]),
            }
        self._rows.append(flat)
        if len(self._rows) == ROW_GROUP:
            self._flush()

    def close(self) -> None:
        """Finish the file and flush it to disk."""
        self._flush()
        self._writer.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


SINKS: dict[str, type[JsonlSink] | type[ParquetSink]] = {".jsonl": JsonlSink, ".parquet": ParquetSink}


def sink_for(target: Path) -> type[JsonlSink] | type[ParquetSink]:
    """The writer for a file name.

    Raises:
        InputError: its ending is none that can be written.
    """
    kind = SINKS.get(target.suffix.lower())
    if kind is None:
        raise InputError(f"{target} cannot be written; name an output ending in {' or '.join(SINKS)}.")
    return kind
