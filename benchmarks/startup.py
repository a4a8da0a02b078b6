"""Import time, cold and warm latency, and peak memory, each in a fresh process.

    python -m benchmarks.startup [FILE]

Prints one line per figure. FILE is the article to time; the first example by default.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "transformers", "gradio", "datasets", "ray", "ctranslate2")

IMPORT = f"import sys, time; t = time.perf_counter(); import ntmsum; print(time.perf_counter() - t); \
print(*[m for m in {HEAVY!r} if m in sys.modules])"

WARM = """
import sys, time, resource
from pathlib import Path
import ntmsum

text = Path(sys.argv[1]).read_text(encoding="utf-8")
pipeline = ntmsum.load_pipeline()
pipeline(text)
for _ in range(5):
    start = time.perf_counter()
    pipeline(text)
    print(time.perf_counter() - start)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def python(code: str, *arguments: str) -> list[str]:
    """Lines printed by a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def main() -> None:
    """Measure and print."""
    article = sys.argv[1] if len(sys.argv) > 1 else str(sorted((ROOT / "examples").glob("*.txt"))[0])
    imports = [python(IMPORT) for _ in range(5)]
    loaded = imports[0][1] or "none"
    print(
        f"import ntmsum: {statistics.median(float(i[0]) for i in imports):.3f} s (heavy libraries loaded: {loaded})"
    )
    command = [sys.executable, "-m", "ntmsum", "run", article]
    subprocess.run(command, capture_output=True, check=True)  # the first use joins the weights
    cold = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, env={**os.environ})
        cold.append(time.perf_counter() - start)
    print(f"cold process to finished report: {statistics.median(cold):.1f} s ({Path(article).name})")
    *warm, memory = python(WARM, article)
    print(f"warm report: {statistics.median(map(float, warm)):.1f} s")
    print(f"peak memory: {float(memory):.0f} MB")


if __name__ == "__main__":
    main()
