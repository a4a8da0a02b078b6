"""The gate: scores against pinned floors. Raising floors is one command; lowering one takes a reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntmsum.errors import DataError
from ntmsum.evaluation.files import eval_folder, read_json, write_json

SCHEMA = 1
FLOORS = "floors.json"


@dataclass(frozen=True, slots=True)
class Measure:
    """One gated value of a run.

    Args:
        name: such as "summary / ROUGE-1".
        value: None when it could not be measured.
        better: "higher" or "lower".
        spread: its bootstrap standard deviation.
        signature: of the metric.
    """

    name: str
    value: float | None
    better: str
    spread: float
    signature: str


@dataclass(frozen=True, slots=True)
class Breach:
    """A value that fell through its floor."""

    name: str
    value: float | None
    floor: float
    epsilon: float
    why: str

    def __str__(self) -> str:
        got = "not measured" if self.value is None else f"{self.value:.2f}"
        return f"{self.name}: {got}, floor {self.floor:.2f} ± {self.epsilon:.2f} ({self.why})"


def floors_path() -> Path:
    """Where the floors are pinned."""
    return eval_folder() / FLOORS


def measures(report: Mapping[str, Any]) -> list[Measure]:
    """Every gated value of a report: what has a better direction and is not for comparison only."""
    found = []
    for outcome in report["outcomes"]:
        for s in outcome["scores"]:
            if s["better"] != "neither" and not s["metric"].endswith(" ascii"):
                name = f"{outcome['name']} / {s['metric']}"
                found.append(Measure(name, s["value"], s["better"], s["spread"] or 0.0, s["signature"]))
    for one in report.get("calibration", ()):
        clean = one["clean"]
        task = f"calibration {one['task']}"
        found.append(
            Measure(f"{task} / caught", one["caught"], "higher", _spread(one["caught"], one["errors"]), "v1")
        )
        for key in ("false_errors", "false_alarms"):
            found.append(Measure(f"{task} / {key}", one[key], "lower", _spread(one[key], clean), "v1"))
    for name, row in report.get("clean", {}).items():
        found.append(
            Measure(
                f"clean {name} / false_alarms",
                row["false_alarms"],
                "lower",
                _spread(row["false_alarms"], row["n"]),
                "v1",
            )
        )
    if "robust" in report:
        for kind, row in report["robust"]["kinds"].items():
            found.append(Measure(f"robust {kind} / kept", row["kept"], "higher", 0.0, "v1"))
            found.append(Measure(f"robust {kind} / extra", row["extra"], "lower", 0.0, "v1"))
    return found


def check(report: Mapping[str, Any], path: Path | None = None) -> list[Breach]:
    """Compare a report with the floors pinned for its corpus.

    Args:
        report: the JSON of a run.
        path: the floors; None takes the shipped file.

    Returns:
        What fell through; empty when the gate is passed.

    Raises:
        DataError: no floors are pinned for this suite and corpus, or the corpus is not the pinned one.
    """
    path = path or floors_path()
    key = _key(report)
    pinned = read_floors(path)["suites"].get(key)
    if pinned is None:
        raise DataError(f"{path} has no floors for {key}; pin them with `ntmsum eval pin REPORT.json`.")
    if pinned["sha256"] != report["corpus"]["sha256"]:
        raise DataError(
            f"The evaluation set is not the one that {path} was pinned on (SHA-256 "
            f"{report['corpus']['sha256'][:12]}, pinned {pinned['sha256'][:12]}): restore it, or pin anew."
        )
    now = {m.name: m for m in measures(report)}
    breaches = []
    for name, floor in pinned["floors"].items():
        measure = now.get(name)
        value = measure.value if measure else None
        if measure is None or value is None:
            breaches.append(Breach(name, None, floor["floor"], floor["epsilon"], "could not be measured"))
        elif measure.signature != floor["signature"]:
            why = f"measured differently now: {measure.signature}, pinned {floor['signature']}"
            breaches.append(Breach(name, value, floor["floor"], floor["epsilon"], why))
        elif _falls(value, floor, floor["epsilon"]):
            why = "too low" if floor["better"] == "higher" else "too high"
            breaches.append(Breach(name, value, floor["floor"], floor["epsilon"], why))
    return breaches


def pin(
    report: Mapping[str, Any], path: Path | None = None, lower: bool = False, reason: str = ""
) -> list[str]:
    """Raise the floors of a suite to what a report has reached.

    Args:
        report: the JSON of a run.
        path: the floors; None takes the shipped file.
        lower: also lower floors that the report does not reach (or whose metric or corpus changed).
        reason: why; needed with ``lower`` and written into the file.

    Returns:
        One line per floor that changed.

    Raises:
        DataError: a floor would sink without ``lower`` and a reason; nothing is written then.
    """
    path = path or floors_path()
    if lower and not reason.strip():
        raise DataError('Lowering a floor needs a reason: --lower --reason "...".')
    table: dict[str, Any] = (
        read_floors(path) if path.exists() else {"schema": SCHEMA, "suites": {}, "lowered": []}
    )
    key = _key(report)
    old = table["suites"].get(key, {"sha256": report["corpus"]["sha256"], "floors": {}})
    new: dict[str, dict[str, Any]] = {}
    changes, sinking = [], []
    for m in measures(report):
        if m.value is None or not math.isfinite(m.value):
            raise DataError(f"{m.name} could not be measured; a floor cannot be pinned on it.")
        floor = {
            "floor": round(m.value, 4),
            "epsilon": round(m.spread, 4),
            "better": m.better,
            "signature": m.signature,
        }
        before = old["floors"].get(m.name)
        if before is None:
            changes.append(f"{m.name}: new floor {floor['floor']}")
        elif before["signature"] != m.signature or _falls(m.value, before, 0.0):
            sinking.append((m.name, before["floor"], floor["floor"]))
            changes.append(f"{m.name}: {before['floor']} → {floor['floor']} (lowered)")
        elif before["floor"] == floor["floor"]:
            floor = before
        else:
            changes.append(f"{m.name}: {before['floor']} → {floor['floor']}")
        new[m.name] = floor
    sinking += [(name, f["floor"], None) for name, f in old["floors"].items() if name not in new]
    if old["sha256"] != report["corpus"]["sha256"]:
        sinking.append(("the evaluation set", old["sha256"][:12], report["corpus"]["sha256"][:12]))
    if sinking and not lower:
        names = ", ".join(name for name, _, _ in sinking)
        raise DataError(
            f"These floors would be lowered or replaced: {names}. Say --lower and give a --reason."
        )
    table["suites"][key] = {
        "sha256": report["corpus"]["sha256"],
        "n": report["corpus"]["n"],
        "system": report["system"],
        "floors": new,
    }
    table["lowered"] += [
        {"suite": key, "name": n, "from": a, "to": b, "reason": reason} for n, a, b in sinking
    ]
    write_json(path, table)
    return changes


def read_floors(path: Path) -> dict[str, Any]:
    """The pinned floors.

    Raises:
        DataError: the file is missing or is no floors file.
    """
    table = read_json(path)
    if not isinstance(table, dict) or table.get("schema") != SCHEMA or "suites" not in table:
        raise DataError(f"{path} is not a floors file of schema {SCHEMA}.")
    return table


def _key(report: Mapping[str, Any]) -> str:
    return f"{report['suite']} on {report['corpus']['name']}"


def _falls(value: float, floor: Mapping[str, Any], epsilon: float) -> bool:
    limit = float(floor["floor"])
    # Floors are rounded to four decimals.
    slack = epsilon + 1e-4
    return value < limit - slack if floor["better"] == "higher" else value > limit + slack


def _spread(percent: float, n: int) -> float:
    share = percent / 100
    return 100 * math.sqrt(share * (1 - share) / n) if n else 0.0
