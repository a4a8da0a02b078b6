"""Twenty visitors at once: does any fail, is the order fair, does the server's memory stay flat?

    python -m benchmarks.app_load [ARTICLES] [--visitors N] [--model]

Each of N visitors (20 by default) sends articles one after the other to a server of its own process, until
ARTICLES (200 by default) are done. What is measured is the page's service: queue, requests, states, files. The
engine is scripted; with --model the shipped model answers, which takes hours for the full number. Everything
happens on the loopback interface.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
LONGEST = 1_200.0


def serve(model: bool) -> None:
    """Be the server: print the address, serve until told to end."""
    from batch import stubs
    from ntmsum.app import launch

    server = launch(port=0, block=False, load=None if model else stubs.load)
    print(server.url, flush=True)
    sys.stdin.read()
    server.close()


class Visitor(threading.Thread):
    """Sends articles until the shared counter is used up."""

    def __init__(self, url: str, name: str, numbers: list[int], lock: threading.Lock) -> None:
        super().__init__(name=name, daemon=True)
        self.url, self.numbers, self.lock = url, numbers, lock
        self.seconds: list[float] = []
        self.ends: list[float] = []
        self.failures: list[str] = []

    def run(self) -> None:
        from gradio_client import Client

        from batch import stubs

        client = Client(self.url, verbose=False)
        barrier.wait()
        while True:
            with self.lock:
                if not self.numbers:
                    return
                number = self.numbers.pop()
            start = time.monotonic()
            try:
                text = stubs.article(number).replace("đã bê tông", f"trong đợt {number} đã bê tông")
                report = client.predict(text, "short", "vi", api_name="/summarize")
                assert report["translation"]["sentences"]
            except Exception as error:
                self.failures.append(f"{type(error).__name__}: {error}")
            self.seconds.append(time.monotonic() - start)
            self.ends.append(time.monotonic())


def main(articles: int, visitors: int, model: bool) -> None:
    """Run and measure."""
    global barrier
    barrier = threading.Barrier(visitors)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.app_load", "--serve", *["--model"] * model]
        environment = {**os.environ, "NTMSUM_BATCH_FOLDER": folder}
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=environment, cwd=ROOT,
        )  # fmt: skip
        assert process.stdout and process.stdin
        url = process.stdout.readline().strip()
        server = psutil.Process(process.pid)
        lock = threading.Lock()
        crowd = [
            Visitor(url, f"v{i}", numbers, lock)
            for numbers in [list(range(articles))]
            for i in range(visitors)
        ]
        start = time.monotonic()
        for visitor in crowd:
            visitor.start()
        samples: list[tuple[int, float]] = []
        while any(v.is_alive() for v in crowd) and time.monotonic() - start < LONGEST:
            time.sleep(0.25)
            samples.append((sum(len(v.ends) for v in crowd), server.memory_info().rss / 1e6))
        seconds = time.monotonic() - start
        process.stdin.close()
        process.wait(60)
    report(crowd, samples, seconds)


def report(crowd: list[Visitor], samples: list[tuple[int, float]], seconds: float) -> None:
    """Print what came of it."""
    waits = sorted(s for v in crowd for s in v.seconds)
    failures = [f for v in crowd for f in v.failures]
    print(
        f"{len(crowd)} visitors, {len(waits)} articles in {seconds:.0f} s, {len(failures)} failed {failures[:3]}"
    )
    print(f"wait for an article: median {statistics.median(waits):.1f} s, longest {waits[-1]:.1f} s")
    served: Counter[str] = Counter({v.name: 0 for v in crowd})
    spread = 0
    for _, name in sorted((end, v.name) for v in crowd for end in v.ends):
        served[name] += 1
        spread = max(spread, max(served.values()) - min(served.values()))
    print(f"order: at no time had a visitor got more than {spread} article(s) more than another")
    warm = [mb for done, mb in samples if done >= len(crowd)]
    print(
        f"server's memory: {warm[0]:.0f} MB after {len(crowd)} articles, then {min(warm):.0f} to {max(warm):.0f} MB"
    )
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="?", default=200)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--model", action="store_true", help="the shipped model instead of a scripted engine")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.model)
    else:
        main(given.articles, given.visitors, given.model)
