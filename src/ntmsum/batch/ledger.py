"""Finished results on disk: what was computed once is there after a kill or a power cut."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ntmsum.errors import DataError

SUFFIX = ".ledger"


@dataclass(frozen=True, slots=True)
class Result:
    """What an article led to.

    Args:
        key: ``result_key`` of the article.
        body: the report as JSON, or the reason why there is none.
        failed: whether there is none.
    """

    key: bytes
    body: str
    failed: bool = False


def result_key(signature: str, text: str | bytes) -> bytes:
    """SHA-256 of everything that a result depends on: the signature with the options, and the input."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    kind = b"bytes" if isinstance(text, bytes) else b"text"
    return hashlib.sha256(b"\0".join([signature.encode("utf-8"), kind, data])).digest()


class Ledger:
    """An SQLite file beside the output; a result is in it whole and for good once ``put`` returns.

    The open ledger is locked against every other process until it is closed or its process dies.

    Args:
        path: the file; made when missing.

    Raises:
        DataError: another process writes it, or it is no ledger, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._base = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise explain(path, error) from error
        try:
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("BEGIN EXCLUSIVE")
            self._base.execute("CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT)")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS results "
                "(key BLOB PRIMARY KEY, failed INTEGER NOT NULL, body BLOB NOT NULL)"
            )
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            self._base.close()
            raise explain(path, error) from error

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    @property
    def signature(self) -> str | None:
        """The signature that the output was last written with; None for a new ledger."""
        row = self._base.execute("SELECT value FROM facts WHERE name = 'signature'").fetchone()
        return str(row[0]) if row else None

    @signature.setter
    def signature(self, value: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO facts VALUES ('signature', ?)", (value,))

    def put(self, results: Iterable[Result]) -> None:
        """Keep results: all of them or, after a crash, none."""
        rows = [(r.key, r.failed, zlib.compress(r.body.encode("utf-8"), 1)) for r in results]
        self._base.execute("BEGIN")
        self._base.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
        self._base.execute("COMMIT")

    def get(self, key: bytes) -> Result:
        """The result of a key.

        Raises:
            KeyError: there is none.
        """
        row = self._base.execute("SELECT failed, body FROM results WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key.hex())
        return Result(key, zlib.decompress(row[1]).decode("utf-8"), bool(row[0]))

    def __contains__(self, key: bytes) -> bool:
        return self._base.execute("SELECT 1 FROM results WHERE key = ?", (key,)).fetchone() is not None

    def forget_failures(self) -> None:
        """Take out the failed results, so that they are tried again."""
        self._base.execute("DELETE FROM results WHERE failed")


class Seen:
    """The names that occurred, in a temporary file once they are many."""

    def __init__(self) -> None:
        # An empty name is SQLite's for a private database that spills to disk and vanishes when closed.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE names (name TEXT PRIMARY KEY, row INTEGER) WITHOUT ROWID")

    def first(self, name: str, row: int) -> int | None:
        """Note a name; the row that had it before, or None."""
        found = self._base.execute("SELECT row FROM names WHERE name = ?", (name,)).fetchone()
        if found is None:
            self._base.execute("INSERT INTO names VALUES (?, ?)", (name, row))
            return None
        return int(found[0])


def explain(path: Path, error: sqlite3.Error) -> DataError:
    """An error of the ledger in words, with the remedy."""
    text = str(error)
    if "locked" in text:
        return DataError(f"Another process is writing {path}; wait for it, or name another output.")
    if "full" in text or "disk I/O" in text:
        return DataError(
            f"{path} cannot be written ({text}): free some space and run the same command again; "
            "what is finished is kept."
        )
    if "not a database" in text or "malformed" in text:
        return DataError(f"{path} is damaged ({text}); remove it to compute its results again.")
    return DataError(f"{path} cannot be used ({text}); check its folder and permissions.")
