import json
from pathlib import Path

import pytest

from batch import stubs


@pytest.fixture
def table(tmp_path):
    """Writes a JSON Lines input of articles: numbers stand for stub articles, texts for themselves."""

    def write(*articles, name="in.jsonl") -> Path:
        path = tmp_path / name
        rows = [
            {"id": f"a{i}", "text": stubs.article(a) if isinstance(a, int) else a}
            for i, a in enumerate(articles)
        ]
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def lines():
    """The rows of a JSON Lines output."""
    return lambda path: [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
