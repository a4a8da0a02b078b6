"""Reading glossary tables (CSV, TSV): every complaint names line and column."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

from ntmsum.errors import GlossaryError
from ntmsum.glossary.keys import split_syllables
from ntmsum.glossary.term import Term

COLUMNS = ("vi", "en", "variants", "abbr", "domain", "source", "wrong", "advisory")
REQUIRED = ("vi", "en")


def read_terms(path: Path) -> tuple[Term, ...]:
    """The terms of a CSV or TSV file (see ``Glossary.from_file``).

    Raises:
        GlossaryError: the file cannot be read or is malformed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GlossaryError(
            f"Glossary {path} cannot be read ({error.strerror}): give a CSV or TSV file."
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise GlossaryError(
            f"{path.name}, line {line}, column {column}: not UTF-8; save the file as UTF-8."
        ) from None
    return tuple(read_table(text, path.name))


def read_table(text: str, name: str) -> list[Term]:
    """The terms of a table; tabs part the columns when the header line has one, else commas.

    Args:
        text: the table with its header line.
        name: what messages call it.

    Raises:
        GlossaryError: a column is missing or unknown, a cell is misplaced, ``vi`` is empty or repeated.
    """
    header_line = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = "\t" if "\t" in header_line else ","
    reader = csv.reader(
        io.StringIO(unicodedata.normalize("NFC", text), newline=""), delimiter=delimiter, strict=True
    )
    header: list[str] = []
    first_line: dict[tuple[str, ...], int] = {}
    terms: list[Term] = []
    try:
        for row in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = _header(row, name, line)
                continue
            term = _term(row, header, name, line)
            if term.key in first_line:
                raise _error(
                    name, line, header, "vi", f'"{term.vi}" stands on line {first_line[term.key]} already'
                )
            first_line[term.key] = line
            terms.append(term)
    except csv.Error as error:
        raise GlossaryError(
            f"{name}, line {max(1, reader.line_num)}, column {len(header) or 1}: {error}; check the quotation marks."
        ) from None
    if not header:
        raise GlossaryError(f"{name}, line 1, column 1: no header line; begin with {','.join(REQUIRED)}.")
    return terms


def _header(row: list[str], name: str, line: int) -> list[str]:
    header = [cell.strip().lower() for cell in row]
    for column, cell in enumerate(header, 1):
        if cell not in COLUMNS or cell in header[: column - 1]:
            fault = "unknown" if cell not in COLUMNS else "repeated"
            raise GlossaryError(
                f'{name}, line {line}, column {column}: {fault} column "{cell}"; the columns are {", ".join(COLUMNS)}.'
            )
    for needed in REQUIRED:
        if needed not in header:
            raise GlossaryError(
                f'{name}, line {line}, column {len(header) + 1}: no column "{needed}"; add it.'
            )
    return header


def _term(row: list[str], header: list[str], name: str, line: int) -> Term:
    if len(row) > len(header):
        raise GlossaryError(
            f"{name}, line {line}, column {len(header) + 1}: a cell beyond the last column; "
            "put a cell that holds the delimiter in quotation marks."
        )
    if len(row) <= header.index("en"):
        raise _error(
            name, line, header, "en", "the cell is missing; leave it empty only behind its delimiter"
        )
    cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
    if not split_syllables(cells.get("vi", "")):
        raise _error(name, line, header, "vi", "no Vietnamese wording; fill it in or delete the line")
    if any(not c.isprintable() for cell in cells.values() for c in cell):
        column = next(k for k, cell in cells.items() if not cell.isprintable())
        raise _error(name, line, header, column, "a control character or line break; remove it")
    return Term(
        vi=" ".join(cells["vi"].split()),
        en=" ".join(cells.get("en", "").split()),
        variants=_several(cells.get("variants", "")),
        abbr=_several(cells.get("abbr", "")),
        domain=cells.get("domain", ""),
        source=cells.get("source", ""),
        wrong=_several(cells.get("wrong", "")),
        advisory=bool(cells.get("advisory", "")),
    )


def _several(cell: str) -> tuple[str, ...]:
    values = (" ".join(value.split()) for value in cell.split("|"))
    return tuple(dict.fromkeys(value for value in values if value))


def _error(name: str, line: int, header: list[str], column: str, fault: str) -> GlossaryError:
    place = header.index(column) + 1 if column in header else 1
    return GlossaryError(f"{name}, line {line}, column {place} ({column}): {fault}.")
