"""``ntmsum batch``: the command over ``run_batch``."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from ntmsum.batch.cluster import Cluster
from ntmsum.batch.job import BatchSummary, Progress, run_batch
from ntmsum.engines import find_model
from ntmsum.engines.loading import Backend
from ntmsum.glossary import Glossary
from ntmsum.pipeline import DEFAULT_MODEL, Pipeline, load_pipeline

SOME_FAILED = 1


def load(
    summarizer: str, translator: str, glossary: Path | None, backend: Backend, device: str, to: str
) -> Pipeline:
    """The pipeline of the command's options; runs in each worker."""
    terms = Glossary.official()
    if glossary is not None:
        terms = terms | Glossary.from_file(glossary)
    return load_pipeline(summarizer, translator, glossary=terms, backend=backend, device=device, to=to)


def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="A .jsonl, .csv, .tsv or .parquet file, a folder of .txt and .html files, or hf:NAME[:SPLIT].",
        ),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A .jsonl or .parquet file; run again to resume.")
    ],
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes, each with the models in its memory; 1, or all a cluster has."),
    ] = None,
    cluster: Annotated[
        bool, typer.Option(help="Run the workers on the Ray cluster of $RAY_ADDRESS, else one started here.")
    ] = False,
    length: Annotated[Literal["short", "medium", "long"], typer.Option(help="Length of the summaries.")] = (
        "medium"
    ),
    text_column: Annotated[str, typer.Option(help="Column with the article.")] = "",
    id_column: Annotated[str, typer.Option(help="Column with the id.")] = "",
    retry_failed: Annotated[bool, typer.Option(help="Try articles again that failed before.")] = False,
    replace: Annotated[bool, typer.Option(help="Write over an output that was made with other options.")] = (
        False
    ),
    glossary: Annotated[
        Path | None, typer.Option(help="Your own terms, CSV or TSV; they override ours.")
    ] = None,
    summarizer: Annotated[str, typer.Option(help="Model name or folder; see `ntmsum models`.")] = "",
    translator: Annotated[str, typer.Option(help="Model name or folder; see `ntmsum models`.")] = "",
    to: Annotated[
        str, typer.Option(help="Language to translate into (fr, lo, …), if the model has several.")
    ] = ("en"),
    backend: Annotated[
        Literal["auto", "ctranslate2", "transformers"], typer.Option(help="What runs the models.")
    ] = "auto",
    device: Annotated[str, typer.Option(help="cpu, cuda or auto.")] = "cpu",
) -> None:
    """Process an archive; exit code 1 when some rows failed."""
    if glossary is not None:
        Glossary.from_file(glossary)  # a faulty file is told before the models load
    find_model(translator or DEFAULT_MODEL, "translate").into(to)
    loader = partial(
        load, summarizer or DEFAULT_MODEL, translator or DEFAULT_MODEL, glossary, backend, device, to
    )
    printer = Printer()
    summary = run_batch(
        source,
        target,
        load=loader,
        length=length,
        workers=workers,
        cluster=Cluster(gpus=int(device == "cuda")) if cluster else None,
        text_column=text_column or None,
        id_column=id_column or None,
        retry_failed=retry_failed,
        replace=replace,
        progress=printer,
    )
    printer.clear()
    print(tell(summary), file=sys.stderr)
    if summary.failed:
        raise typer.Exit(SOME_FAILED)


class Printer:
    """Progress on the error output: one line that changes on a terminal, a line a minute in a log."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        """Show it, unless the last line is too fresh."""
        now = time.monotonic()
        if now - self._last < (0.2 if self._terminal else 60.0):
            return
        self._last = now
        total = f" of {progress.total:,}" if progress.total else ""
        left = f", {clock(progress.seconds_left)} left" if progress.seconds_left is not None else ""
        line = f"{progress.done:,}{total} rows, {progress.rate * 60:.1f} articles/min, {progress.failed} failed{left}"
        print(
            f"\r\x1b[K{line}" if self._terminal else line, end="" if self._terminal else "\n", file=sys.stderr
        )
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line off the terminal."""
        if self._terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def tell(summary: BatchSummary) -> str:
    """The closing summary in words."""
    lines = [
        f"{summary.target}: {summary.rows:,} rows, {summary.failed:,} failed; {summary.computed:,} computed, "
        f"{summary.reused:,} reused; {clock(summary.seconds)}"
    ]
    lines += [f"  failed: {name}: {reason}" for name, reason in summary.examples]
    if summary.failed > len(summary.examples):
        lines.append(
            f"  … and {summary.failed - len(summary.examples):,} more: see the error field of the output"
        )
    if summary.failed:
        lines.append("  run again with --retry-failed to try them once more")
    return "\n".join(lines)


def clock(seconds: float) -> str:
    """Seconds as 1:02:03 or 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
