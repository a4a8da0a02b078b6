"""The quality tab: how it works, the last evaluation's figures, and the model's card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ntmsum.app.messages import Captions
from ntmsum.app.render import escape
from ntmsum.engines import find_model
from ntmsum.errors import ModelError
from ntmsum.evaluation.plots import bars
from ntmsum.pipeline import DEFAULT_MODEL


def build_quality_tab(captions: Captions, evaluations: Sequence[Path]) -> None:
    """Lay out the tab; to be called inside a ``gr.Blocks``.

    Args:
        captions: collects the words on the components.
        evaluations: folders that are searched for ``report.json`` files of ``ntmsum eval``.
    """
    captions.add(gr.Markdown(elem_id="method"), value="method")
    report = last_evaluation(*evaluations)
    captions.add(gr.Markdown(), value="quality")
    if report:
        gr.HTML(render_scores(report) + render_plots(report), elem_id="scores")
    else:
        captions.add(gr.Markdown(), value="quality_none")
    card = model_card()
    with captions.add(gr.Accordion(open=True, elem_id="model-card"), label="model"):
        if card:
            gr.Markdown(card)
        else:
            captions.add(gr.Markdown(), value="model_none")


def model_card(name: str = DEFAULT_MODEL) -> str:
    """The card that lies beside the model's weights; empty when there is none."""
    try:
        folder = find_model(name, "summarize").folder
    except ModelError:
        return ""
    card = folder / "README.md" if folder else None
    return card.read_text(encoding="utf-8") if card and card.is_file() else ""


def last_evaluation(*folders: Path) -> Mapping[str, Any] | None:
    """The newest readable ``report.json`` below the folders that holds scores; None when there is none."""
    found = (file for folder in folders for file in folder.rglob("report.json"))
    files = sorted(found, key=lambda f: f.stat().st_mtime, reverse=True)
    for file in files:
        try:
            report = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(report, dict) and report.get("outcomes"):
            return report
    return None


def render_scores(report: Mapping[str, Any]) -> str:
    """An evaluation's corpus scores with their 95% intervals, one row per task and metric."""
    corpus = report["corpus"]
    rows = []
    for outcome in report["outcomes"]:
        for score in outcome["scores"]:
            low, high = _figure(score["low"]), _figure(score["high"])
            interval = f"{low} – {high}" if low and high else ""
            rows.append(
                (
                    f"{outcome['name']} (n = {outcome['n']})",
                    score["metric"],
                    _figure(score["value"]),
                    interval,
                )
            )
    cells = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("", "metric", "value", "95%"))
    name = escape(f"{report['suite']} · {corpus['name']} · {corpus['sha256'][:12]}")
    return (
        f'<p class="hint">{name}</p><div class="scroll" tabindex="0" role="region" aria-label="{name}" lang="en">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table></div>"
    )


def render_plots(report: Mapping[str, Any]) -> str:
    """Each task's first score by group of articles, as bars."""
    plots = []
    for outcome in report["outcomes"]:
        metric = outcome["scores"][0]["metric"] if outcome["scores"] else ""
        for tag, groups in outcome.get("groups", {}).items():
            rows = [(str(name), found.get(metric), int(found["n"])) for name, found in groups.items()]
            plots.append(bars(f"{outcome['name']}: {metric} · {tag}", rows))
    return f'<div class="plots" lang="en">{"".join(plots)}</div>' if plots else ""


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if abs(value) < 1 else f"{value:.1f}"
