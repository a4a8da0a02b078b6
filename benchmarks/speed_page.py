"""docs/speed.md and its plot, written from what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
_NAMES = {
    "pipeline": "ntmsum",
    "bare": "bare CTranslate2 (the ceiling)",
    "transformers": "transformers generate",
}
_COLOURS = {"pipeline": "#0b6e4f", "bare": "#28559a", "transformers": "#c1440e"}
_ROW, _LABEL, _WIDTH, _GAP = 22, 250, 720, 14


def write_page(results: Mapping[str, Any], docs: Path = DOCS) -> Path:
    """Fill the template; returns the page's path."""
    sections = results["sections"]
    rows, ratios, bars = [], [], []
    for count, section in sections.items():
        for name, f in section["systems"].items():
            rows.append(
                f"| {count} | {_NAMES[name]} | {f['seconds_p50']:.2f} / {f['seconds_p95']:.2f} | "
                f"{f['articles_per_minute']:.1f} | {f['tokens_per_second']:.0f} | "
                f"{f['cpu_seconds_per_article']:.2f} | {f['peak_memory_mb']} |"
            )
            bars.append((f"{count}: {_NAMES[name]}", f["articles_per_minute"], _COLOURS[name]))
        r = section["ratios"]
        ratios.append(
            f"| {count} | {section['turns']} × {section['articles_per_turn']} | "
            f"{100 * r['share_of_ceiling_wall']:.0f}% / {100 * r['share_of_ceiling_cpu']:.0f}% | "
            f"{r['times_transformers_wall']:.1f} / {r['times_transformers_cpu']:.1f} |"
        )
    scores = [
        f"| {name} | {c['float32']} | {c['int8']} | {c['difference']:+} | {c['interval'][0]:+} … {c['interval'][1]:+} |"
        for name, c in results["precision"]["scores"].items()
    ]
    m = results["machine"]
    (docs / "speed.svg").write_text(plot("articles per minute", bars), encoding="utf-8")
    page = docs / "speed.md"
    text = Template((HERE / "speed.md.template").read_text(encoding="utf-8")).substitute(
        rows="\n".join(rows),
        ratios="\n".join(ratios),
        scores="\n".join(scores),
        scored=results["precision"]["articles"],
        machine=f"{m['processor']}, {m['cores']} cores, load {m['load_before']} before and {m['load_after']} after",
        versions=", ".join(f"{n} {m[n]}" for n in ("ntmsum", "ctranslate2", "torch", "transformers")),
        threads=results["threads"],
        minutes=results["minutes"],
    )
    page.write_text(text, encoding="utf-8")
    return page


def plot(title: str, bars: Sequence[tuple[str, float, str]]) -> str:
    """Horizontal bars of labelled, coloured values as a standalone SVG; every third bar starts a group."""
    top = max(value for _, value, _ in bars) or 1.0
    parts = [f'<text x="8" y="16" font-weight="bold">{escape(title)}</text>']
    for i, (label, value, colour) in enumerate(bars):
        y = 28 + i * _ROW + i // 3 * _GAP
        width = (_WIDTH - _LABEL - 70) * value / top
        parts += [
            f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{_LABEL}" y="{y + 3}" width="{width:.1f}" height="{_ROW - 6}" fill="{colour}"/>',
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + 15}">{value:.1f}</text>',
        ]
    height = 36 + len(bars) * _ROW + (len(bars) - 1) // 3 * _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="white"/>{"".join(parts)}</svg>\n'
    )
