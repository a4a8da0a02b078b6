import re
from pathlib import Path

import pytest

from ntmsum.tables import parse_toml
from ntmsum.training.distil import LabelConfig, StudentConfig
from ntmsum.training.export import ExportConfig
from ntmsum.training.finetune import FinetuneConfig
from ntmsum.training.mixing import CorpusConfig
from ntmsum.training.recipe import configure
from ntmsum.training.scores import ScoresConfig

PAGE = Path(__file__).resolve().parents[2] / "docs" / "training.md"
KINDS = {
    "corpus": CorpusConfig,
    "finetune": FinetuneConfig,
    "export": ExportConfig,
    "scores": ScoresConfig,
    "label": LabelConfig,
    "student": StudentConfig,
}


BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
TABLES = parse_toml("\n".join(BLOCKS))


@pytest.mark.parametrize("table", TABLES)
def test_the_recipes_of_the_page_are_recipes(table):
    kind = KINDS[table.removesuffix("_c")]
    assert configure(kind, TABLES[table], table).output.startswith(("runs/", "models/"))


def test_every_step_has_a_recipe():
    assert KINDS.keys() <= TABLES.keys()
