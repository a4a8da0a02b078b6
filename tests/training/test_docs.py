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


@pytest.mark.parametrize("table", KINDS)
def test_the_recipe_of_the_page_is_a_recipe(table):
    recipe = parse_toml(re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1])
    assert configure(KINDS[table], recipe[table], table).output.startswith(("runs/", "models/"))
