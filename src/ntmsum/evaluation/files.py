"""Reading and writing the suite's JSON files: every fault is named, nothing is overwritten by half a file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ntmsum.errors import DataError

EVAL_VARIABLE = "NTMSUM_EVAL"


def eval_folder() -> Path:
    """Where the evaluation sets lie: ``$NTMSUM_EVAL``, else ``eval/`` of the checkout."""
    chosen = os.environ.get(EVAL_VARIABLE)
    return Path(chosen) if chosen else Path(__file__).resolve().parents[3] / "eval"


def read_text(path: Path) -> str:
    """The UTF-8 text of a file.

    Raises:
        DataError: it is missing, a folder, unreadable or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DataError(f"There is no file {path}; check the path.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror}); check its permissions.") from error


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, without line ends; only a newline ends a line.

    Raises:
        DataError: as ``read_text``.
    """
    lines = read_text(path).split("\n")
    return [line.rstrip("\r") for line in (lines[:-1] if lines[-1] == "" else lines)]


def read_json(path: Path) -> Any:
    """The value in a JSON file.

    Raises:
        DataError: as ``read_text``, or it is not JSON.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}:{error.lineno} is not JSON ({error.msg}).") from error


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, blank lines skipped.

    Raises:
        DataError: as ``read_text``, or a line is not a JSON object.
    """
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(f"{path}:{number} is not JSON ({error.msg}).") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}:{number} holds no JSON object; write one {{...}} per line.")
        rows.append(row)
    return rows


def check_ids(ids: Iterable[str], what: str) -> None:
    """Make sure that no id occurs twice.

    Raises:
        DataError: one does.
    """
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise DataError(f"{what} has the id {one!r} twice; every id must be unique.")
        seen.add(one)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file whole or not at all; NaN is refused.

    Raises:
        DataError: the value holds NaN or infinity, or the file cannot be written.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    except ValueError as error:
        raise DataError(f"A score is not a number; {path} was not written.") from error
    write_text(path, text + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        DataError: it cannot be written.
    """
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    except OSError as error:
        raise DataError(f"{path} cannot be written ({error.strerror}); choose another --report.") from error


def hash_files(paths: Iterable[Path]) -> str:
    """SHA-256 over the bytes of the files one after the other, in hexadecimal."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
