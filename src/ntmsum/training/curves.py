"""Loss curves of a run: the table that training appends to, and an SVG drawing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ntmsum.errors import DataError

COLUMNS = ("step", "tokens", "rate", "series", "loss")
_COLOURS = ("#0b6e4f", "#c1440e", "#28559a", "#7a4b9c")
_WIDTH, _HEIGHT, _MARGIN = 760, 360, 48


def append_point(path: Path, step: int, tokens: int, rate: float, series: str, loss: float) -> None:
    """Add one measured loss to ``curve.tsv``; a header is written first."""
    fresh = not path.exists()
    with path.open("a", encoding="utf-8") as stream:
        if fresh:
            stream.write("\t".join(COLUMNS) + "\n")
        stream.write(f"{step}\t{tokens}\t{rate:.3e}\t{series}\t{loss:.4f}\n")


def read_curve(path: str | Path) -> dict[str, list[tuple[int, float]]]:
    """(step, loss) points by series.

    Raises:
        DataError: the file is missing or a line is malformed; the line is named.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(
            f"The curve {path} cannot be read ({error}); name the curve.tsv of a run folder."
        ) from error
    points: dict[str, list[tuple[int, float]]] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        try:
            step, series, loss = int(cells[0]), cells[3], float(cells[4])
        except (IndexError, ValueError) as error:
            raise DataError(f"{path}, line {number}: expected {', '.join(COLUMNS)} between tabs.") from error
        points.setdefault(series, []).append((step, loss))
    return points


def write_svg(points: Mapping[str, Sequence[tuple[int, float]]], output: str | Path) -> Path:
    """Draw the series as lines over steps; returns the path.

    Raises:
        DataError: there are no points.
    """
    everything = [point for series in points.values() for point in series]
    if not everything:
        raise DataError("There are no points to draw yet.")
    steps, losses = zip(*everything, strict=True)
    low, high = min(losses), max(losses)
    right, bottom = _WIDTH - _MARGIN, _HEIGHT - _MARGIN

    def place(step: int, loss: float) -> str:
        x = _MARGIN + (right - _MARGIN) * (step - min(steps)) / max(1, max(steps) - min(steps))
        y = bottom - (bottom - _MARGIN) * (loss - low) / ((high - low) or 1)
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{_MARGIN},{_MARGIN}V{bottom}H{right}" fill="none" stroke="#555"/>',
        f'<text x="{_MARGIN}" y="{_MARGIN - 8}">loss {high:.3f}</text>',
        f'<text x="4" y="{bottom}">{low:.3f}</text>',
        f'<text x="{right}" y="{bottom + 18}" text-anchor="end">step {max(steps)}</text>',
    ]
    for index, (name, series) in enumerate(points.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        line = " ".join(place(step, loss) for step, loss in sorted(series))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        label = f'x="{right - 8}" y="{_MARGIN + 16 * index}" text-anchor="end" fill="{colour}"'
        parts.append(f"<text {label}>{name}</text>")
    path = Path(output)
    path.write_text("\n".join([*parts, "</svg>"]), encoding="utf-8")
    return path
