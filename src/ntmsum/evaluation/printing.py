"""Results as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntmsum.evaluation.metrics import Comparison
from ntmsum.evaluation.outcome import Result

# Examples of misses that are printed for each kind of error; the JSON has more.
_MISSES = 2


def show_result(result: Result) -> str:
    """A run as a person reads it: every score with its interval and signature, then what a suite adds."""
    lines = [
        f"── {result.suite} on {result.corpus['name']} ({result.corpus['n']} items)",
        f"   {result.system}",
    ]
    for outcome in result.outcomes:
        lines += ["", f"{outcome.name}:", *(f"  {score}" for score in outcome.scores)]
        alerted = sum(any(a.startswith("error") for a in said) for said in outcome.alerts)
        if outcome.alerts:
            lines.append(f"  outputs with an error alert: {alerted} of {len(outcome.samples)}")
        for name, scores in result.baselines.get(outcome.name, {}).items():
            values = (f"{s.metric} {s.value:.1f}" for s in scores[:7] if s.value is not None)
            lines.append(f"  [{name}] {', '.join(values)}")
    for one in result.extra.get("calibration", ()):
        lines += ["", _calibration(one)]
    if "clean" in result.extra:
        lines += ["", _clean(result.extra["clean"])]
    if "robust" in result.extra:
        lines += ["", _robust(result.extra["robust"])]
    if result.timings:
        shown = ", ".join(f"{k} {v:.1f}" for k, v in result.timings.items() if v is not None)
        lines += ["", f"   {shown}"]
    return "\n".join(lines)


def show_comparisons(found: Mapping[str, Sequence[Comparison]]) -> str:
    """Differences between two systems, by outcome."""
    lines = []
    for name, comparisons in found.items():
        lines.append(f"{name}:")
        lines += [
            f"  {c.metric:16} {c.first:6.2f} → {c.second:6.2f}  {c.difference:+.2f} [{c.low:+.2f}, {c.high:+.2f}]"
            f"  p {c.p_bootstrap:.3f} (bootstrap) {c.p_randomization:.3f} (randomization)"
            for c in comparisons
        ]
    return "\n".join(lines)


def _calibration(one: Mapping[str, object]) -> str:
    kinds = one["kinds"]
    assert isinstance(kinds, Mapping)
    lines = [
        f"{one['task']}: {one['errors']} injected errors, caught {one['caught']:.1f}%; "
        f"clean {one['clean']}: with an error {one['false_errors']:.1f}%, with any alarm {one['false_alarms']:.1f}%"
    ]
    for kind, row in kinds.items():
        lines.append(
            f"  {kind:11} caught {row['caught_n']:4} of {row['n']:4}  {row['caught']:5.1f}%  "
            f"rightly named {row['named']:5.1f}%"
        )
        lines += (
            f"      missed in {m['id']}: “{m['before'].strip()}” → “{m['after'].strip() or '(nothing)'}”"
            for m in row["missed"][:_MISSES]
        )
    return "\n".join(lines)


def _clean(groups: Mapping[str, Mapping[str, object]]) -> str:
    lines = ["false alarms on clean sentences:"]
    for name, row in groups.items():
        kinds = row["kinds"]
        assert isinstance(kinds, Mapping)
        said = ", ".join(f"{kind} {n}" for kind, n in kinds.items())
        lines.append(
            f"  {name:20} {row['alarms']:3} of {row['n']:3}  {row['false_alarms']:5.1f}%  {said}".rstrip()
        )
    return "\n".join(lines)


def _robust(found: Mapping[str, object]) -> str:
    kinds = found["kinds"]
    assert isinstance(kinds, Mapping)
    lines = []
    for kind, row in kinds.items():
        said = "–" if row["noted"] is None else f"{row['noted']:.0f}"
        lines.append(
            f"  {kind:10} n {row['n']:2}  kept {row['kept']:5.1f}  extra {row['extra']:4.1f}  "
            f"told {said}  refused {row['refused']}"
        )
    return "\n".join(lines)
