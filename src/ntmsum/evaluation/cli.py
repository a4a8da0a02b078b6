"""``ntmsum eval``: suites, gate, floors, comparison, and scores for stored outputs.

Exit codes: 0 fine, 1 the gate failed, 2 bad usage or unreadable input.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ntmsum.evaluation.outcome import Result
    from ntmsum.evaluation.outputs import Outputs
    from ntmsum.pipeline import Pipeline

GATE_FAILED = 1

app = typer.Typer(
    help="Measure how good it is: suites, intervals, a report, and a gate.",
    invoke_without_command=True,
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Report = Annotated[Path | None, typer.Option("--report", help="Folder for report.json and report.html.")]
Previous = Annotated[Path | None, typer.Option(help="An earlier report.json to compare with.")]
Gate = Annotated[bool, typer.Option("--gate", help="Compare with the pinned floors; exit 1 below them.")]
Quick = Annotated[bool, typer.Option("--quick", help="Only the fixed subset for CI.")]
Limit = Annotated[int, typer.Option(help="Only the first so many items; 0 takes all.")]
Summarizer = Annotated[str, typer.Option(help="Model name or folder; see `ntmsum models`.")]
Translator = Annotated[str, typer.Option(help="Model name or folder; see `ntmsum models`.")]
Fresh = Annotated[
    bool, typer.Option("--fresh", help="Make all outputs anew, also those kept from earlier runs.")
]
Other = Annotated[
    str, typer.Option("--baseline-model", help="Another model, run and tested beside the first.")
]
Threads = Annotated[int, typer.Option(help="Threads per decoding on the CPU.")]


@app.callback()
def default(
    context: typer.Context,
    gate: Gate = False,
    quick: Quick = False,
    report: Report = None,
    previous: Previous = None,
    summarizer: Summarizer = "",
    translator: Translator = "",
    baseline_model: Other = "",
    fresh: Fresh = False,
    threads: Threads = 1,
) -> None:
    """Without a suite: the regional one."""
    if context.invoked_subcommand is None:
        regional(gate, quick, report, previous, summarizer, translator, baseline_model, fresh, threads)
    elif any((gate, quick, report, previous, summarizer, translator, baseline_model, fresh)):
        raise typer.BadParameter("put the options behind the suite's name")


@app.command()
def regional(
    gate: Gate = False,
    quick: Quick = False,
    report: Report = None,
    previous: Previous = None,
    summarizer: Summarizer = "",
    translator: Translator = "",
    baseline_model: Other = "",
    fresh: Fresh = False,
    threads: Threads = 1,
) -> None:
    """Our own articles: summaries, translations, and both end to end, with simple systems beside."""
    from ntmsum.engines.registry import find_table
    from ntmsum.evaluation.gate import pinned_for
    from ntmsum.evaluation.other_model import load_other
    from ntmsum.evaluation.regional import choose_articles, corpus_of, run_regional

    if gate:
        pinned_for("regional", corpus_of(choose_articles(quick), quick))  # before minutes of work
    if baseline_model:
        find_table(baseline_model)  # an unknown name is told before anything is computed
    result = run_regional(
        _pipeline(summarizer, translator, threads),
        _outputs(fresh),
        quick,
        (lambda: load_other(baseline_model, threads)) if baseline_model else None,
    )
    _finish(result, gate, report, previous)


@app.command()
def robust(
    models: Annotated[
        bool, typer.Option("--models", help="Also summarize and translate the dirty texts.")
    ] = False,
    gate: Gate = False,
    report: Report = None,
    previous: Previous = None,
    summarizer: Summarizer = "",
    translator: Translator = "",
    fresh: Fresh = False,
    threads: Threads = 1,
) -> None:
    """Forty dirty texts: what is left of the article, and what the user is told."""
    from ntmsum.evaluation.robust import run_robust

    pipeline = _pipeline(summarizer, translator, threads) if models else None
    _finish(run_robust(pipeline, _outputs(fresh)), gate, report, previous)


@app.command()
def calibration(
    draw: Annotated[int, typer.Option(help="Another number, other errors; floors are for 0.")] = 0,
    gate: Gate = False,
    report: Report = None,
    previous: Previous = None,
) -> None:
    """Injected errors: what the checks catch, and how often they alarm for nothing."""
    from ntmsum.evaluation.calibration import run_calibration

    _finish(run_calibration(draw), gate, report, previous)


@app.command()
def translation(
    path: Annotated[Path, typer.Argument(help="A TSV (Vietnamese, English, …) or a public set's folder.")],
    layout: Annotated[
        str, typer.Option(help="tsv, flores, ntrex, iwslt15, vlsp, phomt or datasets.")
    ] = "tsv",
    limit: Limit = 0,
    report: Report = None,
    previous: Previous = None,
    translator: Translator = "",
    fresh: Fresh = False,
    threads: Threads = 1,
) -> None:
    """Translate and score a test set."""
    from ntmsum.evaluation.external import run_translation
    from ntmsum.evaluation.readers import read_pairs

    items = read_pairs(path, layout)[: limit or None]
    pipeline = _pipeline("", translator, threads)
    _finish(run_translation(pipeline, _outputs(fresh), items, path), False, report, previous)


@app.command()
def summarization(
    path: Annotated[Path, typer.Argument(help="JSON Lines (article, summary) or a public set's folder.")],
    layout: Annotated[str, typer.Option(help="jsonl, vietnews or wikilingua.")] = "jsonl",
    limit: Limit = 0,
    report: Report = None,
    previous: Previous = None,
    summarizer: Summarizer = "",
    fresh: Fresh = False,
    threads: Threads = 1,
) -> None:
    """Summarize and score a test set."""
    from ntmsum.evaluation.external import run_summarization
    from ntmsum.evaluation.readers import read_summaries

    items = read_summaries(path, layout)[: limit or None]
    pipeline = _pipeline(summarizer, "", threads)
    _finish(run_summarization(pipeline, _outputs(fresh), items, path), False, report, previous)


@app.command()
def score(
    hyp: Annotated[Path, typer.Option("--hyp", help="JSON Lines: id with summary, translation or english.")],
    quick: Quick = False,
    report: Report = None,
    previous: Previous = None,
) -> None:
    """Score any system's stored outputs on our own articles."""
    from ntmsum.evaluation.external import score_outputs

    _finish(score_outputs(hyp, quick), False, report, previous)


@app.command()
def pin(
    reports: Annotated[
        list[Path] | None, typer.Argument(help="report.json of runs; without any, the gated suites are run.")
    ] = None,
    lower: Annotated[bool, typer.Option("--lower", help="Also lower floors that are not reached.")] = False,
    reason: Annotated[str, typer.Option(help="Why a floor is lowered; written into the file.")] = "",
    threads: Threads = 1,
) -> None:
    """Raise the pinned floors to what was reached: by reports, or by the gated suites run now."""
    from ntmsum.evaluation.gate import floors_path, require_reason
    from ntmsum.evaluation.gate import pin as pin_floors
    from ntmsum.evaluation.outcome import read_report

    require_reason(lower, reason)  # before minutes of work
    found = [read_report(path) for path in reports] if reports else _gated(threads)
    for line in pin_floors(*found, lower=lower, reason=reason) or ["nothing to change"]:
        print(line)
    print(f"written: {floors_path()}")


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="report.json of one system.")],
    second: Annotated[Path, typer.Argument(help="report.json of another, on the same items.")],
) -> None:
    """Test whether two systems differ: paired bootstrap and approximate randomization."""
    from ntmsum.evaluation.outcome import read_report
    from ntmsum.evaluation.previous import compare_reports
    from ntmsum.evaluation.printing import show_comparisons

    print(show_comparisons(compare_reports(read_report(first), read_report(second))))


def _pipeline(summarizer: str, translator: str, threads: int) -> Pipeline:
    from ntmsum.pipeline import DEFAULT_MODEL, load_pipeline

    return load_pipeline(summarizer or DEFAULT_MODEL, translator or DEFAULT_MODEL, threads=threads)


def _outputs(fresh: bool) -> Outputs:
    from ntmsum.evaluation.outputs import Outputs

    return Outputs(fresh=fresh)


def _gated(threads: int) -> list[dict[str, Any]]:
    """The reports of every suite that has floors."""
    from ntmsum.evaluation.calibration import run_calibration
    from ntmsum.evaluation.printing import show_result
    from ntmsum.evaluation.regional import run_regional
    from ntmsum.evaluation.robust import run_robust

    results = [
        run_regional(_pipeline("", "", threads), _outputs(False), quick=True),
        run_calibration(),
        run_robust(),
    ]
    for result in results:
        print(show_result(result), end="\n\n")
    return [result.to_json() for result in results]


def _finish(result: Result, gate: bool, folder: Path | None, previous: Path | None) -> None:
    """Print, write and judge one run."""
    from ntmsum.evaluation.gate import check, differences
    from ntmsum.evaluation.outcome import read_report
    from ntmsum.evaluation.printing import show_result
    from ntmsum.evaluation.report import write_report

    earlier: dict[str, Any] | None = read_report(previous) if previous else None
    measured = result.to_json()
    # Before anything is written: a set that is not the pinned one must not leave a report.
    breaches, differing = (check(measured), differences(measured)) if gate else ([], "")
    print(show_result(result))
    if folder is not None:
        for path in write_report(result, folder, earlier):
            print(f"written: {path}")
    if not gate:
        return
    for breach in breaches:
        print(f"✗ {breach}")
    if differing:
        print(f"note: {differing}")
    print("gate: failed" if breaches else "gate: passed")
    if breaches:
        raise typer.Exit(GATE_FAILED)
