from datetime import datetime, timezone

import pytest
from typer.testing import CliRunner

from ntmsum.errors import DataError
from ntmsum.training.cli import app
from ntmsum.training.curves import append_point, read_curve, write_svg
from ntmsum.training.distil import LabelConfig
from ntmsum.training.finetune import FinetuneConfig
from ntmsum.training.mixing import CorpusConfig, PairSource
from ntmsum.training.recipe import configure, load_recipe


def test_a_table_becomes_a_configuration():
    table = {"tokenizer": "m", "output": "o", "pairs": [{"path": "a.tsv", "limit": 5}], "lexicons": ["w.tsv"]}
    config = configure(CorpusConfig, table)
    assert config.pairs == (PairSource("a.tsv", 5),)
    assert config.lexicons == ("w.tsv",)


def test_times_and_whole_numbers_become_floats():
    table = {"model": "m", "examples": "e", "output": "o", "save_every": 60}
    table["stop_at"] = datetime(2030, 1, 1, tzinfo=timezone.utc)
    config = configure(FinetuneConfig, table)
    assert config.save_every == 60.0
    assert config.stop_at == datetime(2030, 1, 1, tzinfo=timezone.utc).timestamp()


@pytest.mark.parametrize(
    ("kind", "table", "message"),
    [
        (LabelConfig, {"colour": 1}, "unknown key 'colour'"),
        (LabelConfig, {"model": 3}, "model: 3 is not what is expected"),
        (LabelConfig, {"model": "m"}, "missing"),
        (LabelConfig, {"task": "sing"}, "task: 'sing'"),
        (CorpusConfig, {"pairs": [{"path": 1}]}, r"pairs\[0\]\.path"),
    ],
)
def test_a_wrong_key_is_named(kind, table, message):
    with pytest.raises(DataError, match=message):
        configure(kind, table)


def test_a_broken_recipe_is_named(tmp_path):
    (tmp_path / "r.toml").write_text("[corpus\n")
    with pytest.raises(DataError, match=r"r\.toml"):
        load_recipe(tmp_path / "r.toml")


def test_commands_run_a_step_from_its_table(tmp_path, toy_model, packed_file):
    recipe = tmp_path / "r.toml"
    recipe.write_text(
        f'[finetune]\nmodel = "{toy_model}"\nexamples = "{packed_file}"\noutput = "{tmp_path}/run"\n'
        'max_steps = 9\nprecision = "fp32"\nlog_every = 1\n'
    )
    done = CliRunner().invoke(app, ["finetune", str(recipe), "--max-steps", "2"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "run" / "checkpoint.pt").exists()
    drawn = CliRunner().invoke(app, ["plot", str(tmp_path / "run" / "curve.tsv"), str(tmp_path / "c.svg")])
    assert drawn.exit_code == 0 and "<polyline" in (tmp_path / "c.svg").read_text()


def test_a_missing_table_is_a_usage_error(tmp_path):
    (tmp_path / "r.toml").write_text("[corpus]\n")
    done = CliRunner().invoke(app, ["finetune", str(tmp_path / "r.toml")])
    assert done.exit_code == 2
    assert "[finetune]" in done.output


def test_curves_are_read_back(tmp_path):
    append_point(tmp_path / "curve.tsv", 1, 100, 1e-4, "dev", 2.5)
    append_point(tmp_path / "curve.tsv", 2, 200, 1e-4, "dev", 2.25)
    assert read_curve(tmp_path / "curve.tsv") == {"dev": [(1, 2.5), (2, 2.25)]}


def test_a_malformed_curve_is_named_by_its_line(tmp_path):
    (tmp_path / "curve.tsv").write_text("step\n1\t2\n")
    with pytest.raises(DataError, match="line 2"):
        read_curve(tmp_path / "curve.tsv")


def test_nothing_to_draw_is_an_error(tmp_path):
    with pytest.raises(DataError, match="no points"):
        write_svg({}, tmp_path / "c.svg")
