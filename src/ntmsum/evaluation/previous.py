"""Two stored reports against each other: scored again from their own outputs, tested in pairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ntmsum.errors import DataError
from ntmsum.evaluation.metrics import Comparison, compare, metrics_for
from ntmsum.evaluation.outcome import samples_from_json


def compare_reports(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, list[Comparison]]:
    """Every outcome that both reports have, metric by metric.

    Args:
        first, second: reports; the items of an outcome must be the same in both.

    Raises:
        DataError: the reports have no outcome in common, or are about different items.
    """
    others = {o["name"]: o for o in second["outcomes"]}
    found: dict[str, list[Comparison]] = {}
    for outcome in first["outcomes"]:
        if outcome["name"] not in others:
            continue
        one, two = samples_from_json(outcome), samples_from_json(others[outcome["name"]])
        measured = [
            {s["metric"] for s in o["scores"] if s["value"] is not None}
            for o in (outcome, others[outcome["name"]])
        ]
        found[outcome["name"]] = [
            compare(metric, one, two)
            for metric in metrics_for(outcome["task"])
            if all(metric.name in names for names in measured)
        ]
    if not found:
        raise DataError("The two reports have no task in common; compare runs of the same suite.")
    return found


def read_against(against: Mapping[str, Any]) -> dict[str, list[Comparison]]:
    """The comparisons with another model as a report keeps them."""
    return {name: [Comparison(**c) for c in found] for name, found in against["outcomes"].items()}
