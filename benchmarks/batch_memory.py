"""Memory of a batch run over many short articles, without models.

    python -m benchmarks.batch_memory [ROWS] [--checks]

Prints the resident memory of the main process and its worker at every tenth of 100,000 rows, and the growth
after the first tenth; then how fast a rerun is, which computes nothing. What is measured is the batch code:
reading, workers, ledger, writing. Articles are normalized and answered with a fixed summary; with --checks the
real pipeline runs over scripted engines, which takes about ten times as long.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from ntmsum.normalize import normalize
from ntmsum.report import Report
from ntmsum.summarize import Summary, SummarySentence
from ntmsum.translate import TranslatedSentence, Translation

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))


def articles(rows: int) -> Iterator[dict[str, str]]:
    """Rows made as they are read."""
    from batch import stubs

    for i in range(rows):
        yield {"id": f"a{i}", "text": stubs.article(i).replace("đã bê tông", f"trong đợt {i} đã bê tông")}


class Echo:
    """In place of the pipeline: normalizes, and answers with the first sentence."""

    signature = "echo"

    def map(self, texts: Sequence[str], length: str, errors: str, group: int) -> Iterator[Report]:
        """One report per text."""
        for text in texts:
            article = normalize(text)
            first = SummarySentence(article.sentences[0].text, (0,))
            translation = Translation(
                (TranslatedSentence("The commune paved its village roads.", first.text),)
            )
            yield Report("echo", article, Summary((first,), length, 20, 0, (0,)), translation)


def main(rows: int, checks: bool) -> None:
    """Run and measure."""
    from batch import stubs
    from ntmsum.batch import Progress, run_batch

    me = psutil.Process()
    samples: list[tuple[int, float, float]] = []

    def sample(progress: Progress) -> None:
        if progress.done < len(samples) * rows // 10:
            return
        worker = sum(p.memory_info().rss for p in me.children(recursive=True))
        samples.append((progress.done, me.memory_info().rss / 1e6, worker / 1e6))
        print(f"{progress.done:7} rows: main {samples[-1][1]:.0f} MB, worker {samples[-1][2]:.0f} MB, "
              f"{progress.rate:.0f} articles/s", flush=True)  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        start, target = time.monotonic(), Path(folder) / "out.jsonl"
        done = run_batch(articles(rows), target, load=stubs.load if checks else Echo, progress=sample)
        print(
            f"{done.rows} rows, {done.computed} computed, {done.failed} failed, {time.monotonic() - start:.0f} s"
        )
        again = run_batch(articles(rows), target, load=stubs.load if checks else Echo)
        assert again.computed == 0
        size = sum(f.stat().st_size for f in Path(folder).glob("out.jsonl.ledger*"))
        print(f"run again, nothing to compute: {rows / again.seconds:.0f} rows/s in one process; "
              f"ledger {size / rows / 1e3:.1f} KB a row")  # fmt: skip
    base = samples[1]
    print(f"growth after the first tenth: main {max(s[1] for s in samples) - base[1]:.0f} MB, "
          f"worker {max(s[2] for s in samples) - base[2]:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    main(numbers[0] if numbers else 100_000, "--checks" in sys.argv)
