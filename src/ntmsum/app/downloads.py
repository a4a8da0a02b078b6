"""A finished report as files to take away: .txt, .docx, .json; own terms as .csv."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from ntmsum.alerts import Language
from ntmsum.app.messages import kind_name, message
from ntmsum.report import Report

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_PREFIX = "ntmsum-out-"
# How long a file for download lies there, in seconds.
_KEPT = 3600
# What XML cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def to_txt(report: Report, language: Language) -> bytes:
    """Title, summary, translation and alerts as plain text."""
    return (
        "\n\n".join(f"{head}\n{body}".strip() for head, body in _sections(report, language)) + "\n"
    ).encode()


def to_json(report: Report, language: Language) -> bytes:
    """The whole report, as documented in docs/report.md."""
    return json.dumps(report.to_json(), ensure_ascii=False, indent=1).encode()


def to_docx(report: Report, language: Language) -> bytes:
    """The same as ``to_txt`` as a Word document."""
    from docx import Document

    document = Document()
    for head, body in _sections(report, language):
        document.add_heading(_UNPRINTABLE.sub("", head), level=2)
        for line in filter(None, body.splitlines()):
            document.add_paragraph(_UNPRINTABLE.sub("", line))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FORMATS: dict[str, Callable[[Report, Language], bytes]] = {"txt": to_txt, "docx": to_docx, "json": to_json}


def save_files(report: Report, language: Language) -> list[str]:
    """The report in every format of ``FORMATS``, in a new temporary folder; names hold nothing of the text."""
    folder = fresh_folder()
    paths = []
    for kind, make in FORMATS.items():
        path = folder / f"ntmsum.{kind}"
        path.write_bytes(make(report, language))
        paths.append(str(path))
    return paths


def fresh_folder() -> Path:
    """A new temporary folder for files to take away; those of an hour ago are removed."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime > _KEPT:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # another server was faster
            continue
    return Path(mkdtemp(prefix=_PREFIX))


def terms_to_csv(rows: Sequence[Sequence[str]]) -> str:
    """Own terms as CSV; an apostrophe keeps spreadsheets from reading a cell as a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("vi", "en"))
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def unguarded(cell: str) -> str:
    """A cell of ``terms_to_csv`` as it was."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _sections(report: Report, language: Language) -> list[tuple[str, str]]:
    assert report.summary and report.translation
    alerts = [
        f"{message(a.severity, language)} · {kind_name(a.kind, language)}: {a.message}" for a in report.alerts
    ]
    title = report.article.title
    return [
        *([(title, "")] if title else []),
        (message("summary", language), report.summary.text),
        (message("translation", language), report.translation.text),
        (message("overview", language), "\n".join(alerts) or message("clean", language)),
    ]
