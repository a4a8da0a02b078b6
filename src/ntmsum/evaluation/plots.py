"""Small plots as inline SVG: bars by group, points by length. Colours come from the page's style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_ROW, _LABEL, _WIDTH = 26, 185, 400
_HEIGHT, _LEFT, _BOTTOM, _TICKS = 240, 38, 30, 4


def bars(title: str, rows: Sequence[tuple[str, float | None, int]]) -> str:
    """Horizontal bars.

    Args:
        title: what is shown.
        rows: label, value (0 and more; None is drawn as a dash) and number of items.
    """
    top = max([100.0, *(value for _, value, _ in rows if value is not None)])
    parts = []
    for i, (label, value, n) in enumerate(rows):
        y = i * _ROW
        width = 0.0 if value is None else (_WIDTH - _LABEL - 60) * value / top
        shown = "–" if value is None else f"{value:.1f}"
        parts.append(
            f'<text x="{_LABEL - 8}" y="{y + 17}" text-anchor="end">{escape(label)} ({n})</text>'
            f'<rect x="{_LABEL}" y="{y + 4}" width="{width:.1f}" height="{_ROW - 8}" rx="2"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + 17}">{shown}</text>'
        )
    return _svg(title, _WIDTH, _ROW * len(rows), "".join(parts))


def points(title: str, x_label: str, marks: Sequence[tuple[float, float, str]], top: float = 100.0) -> str:
    """A scatter plot with zero at its lower left.

    Args:
        title: what stands on the y axis.
        x_label: what stands on the x axis.
        marks: x, y and the name that appears under the pointer.
        top: the y axis reaches at least so far.
    """
    right = max([1.0, *(x for x, _, _ in marks)])
    top = max([top, *(y for _, y, _ in marks)]) or 1.0
    wide, high = _WIDTH - _LEFT - 10, _HEIGHT - _BOTTOM - 10
    parts = []
    for i in range(_TICKS + 1):
        y = 10 + high * (1 - i / _TICKS)
        x = _LEFT + wide * i / _TICKS
        parts.append(
            f'<line x1="{_LEFT}" x2="{_LEFT + wide}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{_LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{_tick(top * i / _TICKS, top)}</text>'
            f'<text x="{x:.1f}" y="{_HEIGHT - 14}" text-anchor="middle">{right * i / _TICKS:.0f}</text>'
        )
    for x_value, y_value, name in marks:
        x, y = _LEFT + wide * x_value / right, 10 + high * (1 - y_value / top)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{escape(name)}</title></circle>')
    parts.append(
        f'<text x="{_LEFT + wide / 2:.0f}" y="{_HEIGHT - 1}" text-anchor="middle">{escape(x_label)}</text>'
    )
    return _svg(title, _WIDTH, _HEIGHT, "".join(parts))


def _tick(value: float, top: float) -> str:
    return f"{value:.0f}" if top >= 5 * _TICKS else f"{value:.1f}"


def _svg(title: str, width: int, height: int, inner: str) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}" style="max-width:{width}px">{inner}</svg></figure>'
    )
