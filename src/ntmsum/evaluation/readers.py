"""Test sets of others: our TSV and JSON Lines, and public sets in their published layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ntmsum.errors import DataError
from ntmsum.evaluation.files import check_ids, read_jsonl, read_lines, read_text
from ntmsum.tables import load_toml

# Lies in every folder that datasets' save_to_disk has made.
_STORED = "state.json"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a test set.

    Args:
        id: unique in the set.
        source: the Vietnamese sentence or article.
        references: what a person wrote, one or more.
    """

    id: str
    source: str
    references: tuple[str, ...]


def layout_names(task: str) -> list[str]:
    """The public sets that can be read for "translation" or "summarization"."""
    return [name for name, layout in _layouts().items() if layout["task"] == task]


def read_pairs(path: Path, layout: str = "tsv") -> list[Item]:
    """A translation test set.

    Args:
        path: a TSV of Vietnamese, English and further references per line; or the folder of a public set.
        layout: "tsv" or one of ``layout_names("translation")``.

    Raises:
        DataError: a file is missing, the two sides differ in length, or a side of a pair is empty.
    """
    if layout == "tsv":
        rows = [tuple(cell.strip() for cell in line.split("\t")) for line in read_lines(path)]
    elif "pair" in (table := _layout(layout, "translation")):
        rows = _pairs(_find(path, table["files"], layout), table)
    else:
        vi, en = (_column(_find(path, table[side], layout), table.get("field", ())) for side in ("vi", "en"))
        if len(vi) != len(en):
            raise DataError(
                f"{path} has {len(vi)} Vietnamese and {len(en)} English lines; they must be as many."
            )
        rows = list(zip(vi, en, strict=True))
    for number, row in enumerate(rows, 1):
        if len(row) < 2 or not all(row):
            raise DataError(f"{path}: pair {number} lacks a side; write Vietnamese, a tab, English.")
    if not rows:
        raise DataError(f"{path} has no pairs.")
    return [Item(str(n), vi, tuple(refs)) for n, (vi, *refs) in enumerate(rows, 1)]


def read_summaries(path: Path, layout: str = "jsonl") -> list[Item]:
    """A summarization test set.

    Args:
        path: JSON Lines with "article" and "summary" (and "id"); or the folder of a public set.
        layout: "jsonl" or one of ``layout_names("summarization")``.

    Raises:
        DataError: a file is missing or malformed, a text is empty, or an id occurs twice.
    """
    if layout == "jsonl":
        items = _from_rows(read_jsonl(path), ("article", "source"), ("summary", "target"), path)
    elif layout == "vietnews":
        items = [
            _vietnews(file) for file in _find_all(path, _layout(layout, "summarization")["files"], layout)
        ]
    else:
        table = _layout(layout, "summarization")
        file = _find(path, table["files"], layout)
        items = _from_rows(_rows(file), table["article"], table["summary"], file)
    if not items:
        raise DataError(f"{path} has no articles.")
    check_ids((item.id for item in items), str(path))
    return items


def _from_rows(
    rows: Sequence[Mapping[str, Any]], article: Sequence[str], summary: Sequence[str], path: Path
) -> list[Item]:
    items = []
    for number, row in enumerate(rows, 1):
        source, reference = (
            next((row[k] for k in names if isinstance(row.get(k), str) and row[k].strip()), None)
            for names in (article, summary)
        )
        if source is None or reference is None:
            raise DataError(f"{path}: row {number} needs {article[0]!r} and {summary[0]!r}, both with text.")
        items.append(Item(str(row.get("id", number)), source, (reference,)))
    return items


def _vietnews(file: Path) -> Item:
    blocks = [" ".join(b.split()) for b in re.split(r"\n\s*\n", read_text(file).strip()) if b.strip()]
    if len(blocks) < 3:
        raise DataError(f"{file} is not in Vietnews' layout: title, abstract and body parted by blank lines.")
    title, abstract, body = (_joined(b) for b in blocks[:3])
    return Item(file.name.partition(".")[0], f"{title}\n\n{body}", (abstract,))


def _joined(segmented: str) -> str:
    """Word-segmented text as it was printed: underscores are spaces, punctuation stands at its word."""
    text = segmented.replace("_", " ")
    text = re.sub(r"\s+([,.;:!?…)\]”])", r"\1", text)
    return re.sub(r"([(\[“])\s+", r"\1", text)


def _pairs(file: Path, table: Mapping[str, Any]) -> list[tuple[str, ...]]:
    pairs = []
    for row in _rows(file):
        sides = row.get(table["pair"], row)
        names = [next((n for n in table[side] if n in sides), None) for side in ("vi", "en")]
        if None in names:
            raise DataError(f"{file.parent} has neither a column {table['pair']} nor one for each language.")
        pairs.append(tuple(str(sides[name]).strip() for name in names))
    return pairs


def _column(file: Path, fields: Sequence[str]) -> list[str]:
    if file.suffix not in (".jsonl", ".parquet") and file.name != _STORED:
        return [line.strip() for line in read_lines(file)]
    rows = _rows(file)
    name = next((f for f in fields if rows and f in rows[0]), None)
    if name is None:
        raise DataError(f"{file} has none of the columns {', '.join(fields)}.")
    return [str(row[name]).strip() for row in rows]


def _rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".jsonl":
        return read_jsonl(file)
    if file.name == _STORED:
        import datasets

        return list(datasets.Dataset.load_from_disk(str(file.parent)))
    import pyarrow.parquet

    rows: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
    return rows


def _find(folder: Path, patterns: Sequence[str], layout: str) -> Path:
    return _find_all(folder, patterns, layout)[0]


def _find_all(folder: Path, patterns: Sequence[str], layout: str) -> list[Path]:
    for pattern in patterns:
        if found := sorted(folder.rglob(pattern)):
            return found
    raise DataError(
        f"{folder} does not hold {layout} ({_layouts()[layout]['source']}): no {patterns[0]} below it."
    )


def _layout(name: str, task: str) -> dict[str, Any]:
    if name not in layout_names(task):
        raise DataError(f"There is no {task} layout {name!r}; known are {', '.join(layout_names(task))}.")
    layout: dict[str, Any] = _layouts()[name]
    return layout


@cache
def _layouts() -> dict[str, Any]:
    return load_toml(__package__, "layouts.toml")
