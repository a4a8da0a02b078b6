"""Latency, throughput and memory of the pipeline, of bare CTranslate2 and of transformers on the same work.

    python -m benchmarks.speed [--minutes M] [--threads N] [--brief]

The pipeline runs a group of articles; what it asked its engine for is written down and given to the other two:
to CTranslate2 as the very token batches (the ceiling: no normalization, no facts, no choice, no Python), to
transformers as the same prompts with the same beams over the same weights in float32. The three take turns within
seconds, so that a busy machine slows all of them; ratios are medians over such turns. Takes about M minutes (10 by
default) on two quiet cores: the sections of 1 and 8 articles and the scores repeat while their share of the time
lasts. --brief makes one turn of each section. Writes benchmarks/results.json, docs/speed.md and docs/speed.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.precision import precision
from benchmarks.speed_page import write_page
from benchmarks.speed_systems import SYSTEMS, Call, Run, System
from ntmsum.evaluation.articles import read_articles

RESULTS = Path(__file__).with_name("results.json")
ARTICLES = 75
GROUP = 16
# transformers is too slow for all: beyond one article it is given every so manieth prompt of every second group, a
# full batch of the size that it is given everywhere.
SAMPLE = {1: 1, 8: 2, 64: 4}
# Shares of the time; the rest is for the comparison with float32.
SHARES = {1: 0.15, 8: 0.15, 64: 0.55}

Turn = dict[str, Run]


def sampled(calls: Sequence[Call], every: int) -> tuple[list[Call], float]:
    """Every so manieth prompt of each call, and how many times more prompt text the calls hold."""
    kept = [replace(c, prompts=c.prompts[::every], batches=()) for c in calls]
    size = [sum(len(p.text) for c in part for p in c.prompts) for part in (calls, kept)]
    return kept, size[0] / max(1, size[1])


def turn(systems: dict[str, System], texts: list[str], number: int, every: int = 1) -> Turn:
    """One group of articles through the pipeline, the ceiling and, in every second turn, transformers."""
    first = systems["pipeline"](texts)
    runs = {"pipeline": first, "bare": systems["bare"](first.calls)}
    if every == 1 or number % 2 == 0:
        part, scale = sampled(first.calls, every)
        slow = systems["transformers"](part)
        runs["transformers"] = replace(
            slow, wall=slow.wall * scale, cpu=slow.cpu * scale, tokens=round(slow.tokens * scale)
        )
    return runs


def repeat(seconds: float, least: int, most: int, work: Callable[[int], Turn]) -> list[Turn]:
    """Turns until the time is up."""
    end = time.monotonic() + seconds
    turns: list[Turn] = []
    while len(turns) < least or (len(turns) < most and time.monotonic() < end):
        begin = time.monotonic()
        turns.append(work(len(turns)))
        if len(turns) >= least and time.monotonic() + (time.monotonic() - begin) / 2 > end:
            break
    return turns


def summed(turns: Sequence[Turn], articles: int) -> dict[str, Any]:
    """Figures of one section: per system, and ratios as medians over turns."""
    section: dict[str, Any] = {"turns": len(turns), "articles_per_turn": articles, "systems": {}}
    for name in SYSTEMS:
        runs = [t[name] for t in turns if name in t]
        walls = sorted(r.wall for r in runs)
        total = sum(walls)
        section["systems"][name] = {
            "seconds_p50": round(statistics.median(walls), 3),
            "seconds_p95": round(walls[min(len(walls) - 1, int(0.95 * len(walls)))], 3),
            "cpu_seconds_per_article": round(sum(r.cpu for r in runs) / len(runs) / articles, 3),
            "articles_per_minute": round(60 * articles * len(runs) / total, 2),
            "tokens_per_second": round(sum(r.tokens for r in runs) / total, 1),
            "peak_memory_mb": round(max(r.memory for r in runs)),
        }
    section["ratios"] = {}
    for label, other in (("share_of_ceiling", "bare"), ("times_transformers", "transformers")):
        pairs = [(t[other], t["pipeline"]) for t in turns if other in t]
        for kind in ("wall", "cpu"):
            ratio = statistics.median(getattr(a, kind) / getattr(b, kind) for a, b in pairs)
            section["ratios"][f"{label}_{kind}"] = round(ratio, 3)
    return section


def machine() -> dict[str, Any]:
    """Where the figures come from."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ] if sys.platform == "linux" else []  # fmt: skip
    return {
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        **{name: version(name) for name in ("ntmsum", "ctranslate2", "torch", "transformers")},
    }


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--threads", type=int, default=1, help="threads of every system alike")
    options.add_argument("--brief", action="store_true", help="one turn of each section")
    given = options.parse_args()
    start = time.monotonic()
    results: dict[str, Any] = {"machine": machine(), "threads": given.threads, "sections": {}}
    texts = [a.article for a in read_articles()[:ARTICLES]]
    systems = {name: System(name, given.threads) for name in SYSTEMS}
    turn(systems, texts[-1:], 0)  # caches and buffers warm up
    left = 60 * given.minutes - (time.monotonic() - start)

    for articles, size, least, most in ((1, 1, 3, 20), (8, 8, 1, 6), (64, GROUP, 4, 4)):

        def work(number: int, size: int = size, every: int = SAMPLE[articles]) -> Turn:
            return turn(systems, texts[size * number : size * number + size], number, every)

        if given.brief:
            least = most = 1
        turns = repeat(left * SHARES[articles], least, most, work)
        section = summed(turns, size)
        results["sections"][str(articles)] = section
        show(articles, section)
    for system in systems.values():
        system.close()
    results["precision"] = precision(
        max(30.0, 60 * given.minutes - (time.monotonic() - start)), given.threads
    )
    for name, c in results["precision"]["scores"].items():
        print(f"{name}: int8 {c['int8']}, float32 {c['float32']}, difference {c['difference']}")
    results["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    results["minutes"] = round((time.monotonic() - start) / 60, 1)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = write_page(results)
    print(f"{results['minutes']} minutes; wrote {RESULTS.name} and {page}")


def show(articles: int, section: dict[str, Any]) -> None:
    """Print one section."""
    print(f"{articles} article(s), {section['turns']} turns of {section['articles_per_turn']}:")
    for name, figures in section["systems"].items():
        print(f"  {name:13}", "  ".join(f"{k} {v}" for k, v in figures.items()))
    print("  ratios", "  ".join(f"{k} {v}" for k, v in section["ratios"].items()), flush=True)


if __name__ == "__main__":
    main()
