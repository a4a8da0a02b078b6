"""The workflow runs what the documentation promises, with commands that exist."""

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ntmsum.evaluation.cli import app

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8"))
STEPS = {name: [s["run"] for s in job["steps"] if "run" in s] for name, job in WORKFLOW["jobs"].items()}
COMMANDS = [step for steps in STEPS.values() for step in steps]


def test_a_push_runs_style_tests_and_the_quick_gate():
    assert STEPS["push"][:2] == ["make lint", "make test"]
    assert any("--quick --gate" in step for step in STEPS["push"])


def test_the_night_runs_all_articles():
    assert any("eval regional" in step and "--quick" not in step for step in STEPS["night"])


@pytest.mark.parametrize("command", [c for c in COMMANDS if "ntmsum eval" in c])
def test_its_suites_and_options_exist(command):
    suite, *arguments = command.partition("ntmsum eval ")[2].split()
    shown = CliRunner().invoke(app, [suite, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    for option in (a for a in arguments if a.startswith("--")):
        assert re.search(rf"{option}\b", shown), option


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith(".venv")])
def test_its_other_commands_exist(command):
    program, *targets = command.split()
    if program == "make":
        assert re.search(rf"^{targets[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    else:
        assert (ROOT / program).is_file()
