import json

import pytest

from ntmsum.evaluation.articles import read_articles
from ntmsum.evaluation.external import score_outputs
from ntmsum.evaluation.regional import choose_articles


@pytest.fixture(scope="session")
def articles():
    return read_articles()


@pytest.fixture(scope="session")
def subset():
    return choose_articles(quick=True)


@pytest.fixture(scope="session")
def write_outputs(tmp_path_factory):
    """Writes outputs for the subset as `ntmsum eval score` reads them."""

    def write(rows):
        path = tmp_path_factory.mktemp("outputs") / "out.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def reference_rows(subset):
    """The references handed in as if a system had written them."""
    return [{"id": a.id, "summary": a.summary_vi, "translation": a.summary_en} for a in subset]


@pytest.fixture(scope="session")
def reference_result(reference_rows, write_outputs):
    return score_outputs(write_outputs(reference_rows), quick=True)
