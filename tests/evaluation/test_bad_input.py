"""Bad input ends with one sentence and exit 2, and what was there stays as it was."""

import json
import shutil

import pytest

from ntmsum.cli import main
from ntmsum.evaluation.articles import SET
from ntmsum.evaluation.files import eval_folder


@pytest.fixture
def ntmsum(monkeypatch, capsys):
    """Runs ``ntmsum eval``; exit code and what was said on standard error."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["ntmsum", "eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        return stopped.value.code, capsys.readouterr().err

    return run


@pytest.fixture
def runs(tmp_path):
    """A report folder with an earlier report in it."""
    folder = tmp_path / "runs"
    folder.mkdir()
    for name in ("report.json", "report.html"):
        (folder / name).write_text("earlier")
    return folder


def untouched(folder):
    return all((folder / name).read_text() == "earlier" for name in ("report.json", "report.html"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows[1:], "11 outputs for 12 articles"),
        (lambda rows: [*rows, rows[0]], "twice"),
        (lambda rows: [{**rows[0], "summary": ""}, *rows[1:]], "missing or empty"),
    ],
    ids=["misaligned", "duplicate", "empty"],
)
def test_outputs_that_do_not_fit(spoil, message, reference_rows, write_outputs, ntmsum, runs):
    path = write_outputs(spoil(reference_rows))
    code, said = ntmsum("score", "--hyp", path, "--quick", "--report", runs)
    assert (code, message in said) == (2, True)
    assert untouched(runs)


def test_sides_of_different_length(ntmsum, runs, tmp_path):
    (tmp_path / "tst2013.vi").write_text("Một câu.\nHai câu.\n", encoding="utf-8")
    (tmp_path / "tst2013.en").write_text("One sentence.\n", encoding="utf-8")
    code, said = ntmsum("translation", tmp_path, "--layout", "iwslt15", "--report", runs)
    assert (code, "2 Vietnamese and 1 English" in said) == (2, True)
    assert untouched(runs)


def test_a_missing_file(ntmsum, runs, tmp_path):
    code, said = ntmsum("score", "--hyp", tmp_path / "no.jsonl", "--report", runs)
    assert (code, "no file" in said) == (2, True)
    assert untouched(runs)


@pytest.mark.parametrize("suite", ["regional", "robust"])
def test_a_set_that_is_not_the_pinned_one(suite, ntmsum, runs, tmp_path, monkeypatch):
    copy = tmp_path / "eval"
    shutil.copytree(eval_folder(), copy)
    file = copy / SET / "articles.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("xã", "xóm", 1), encoding="utf-8")
    monkeypatch.setenv("NTMSUM_EVAL", str(copy))
    quick = ["--quick"] if suite == "regional" else []
    code, said = ntmsum(suite, *quick, "--gate", "--report", runs)
    assert (code, "not the one" in said) == (2, True)
    assert untouched(runs)


def test_a_score_that_is_no_number(ntmsum, reference_result, tmp_path, monkeypatch):
    copy = tmp_path / "eval"
    copy.mkdir()
    shutil.copy(eval_folder() / "floors.json", copy)
    before = (copy / "floors.json").read_bytes()
    monkeypatch.setenv("NTMSUM_EVAL", str(copy))
    report = reference_result.to_json()
    report["outcomes"][0]["scores"][0]["value"] = float("nan")
    (tmp_path / "report.json").write_text(json.dumps(report))
    code, said = ntmsum("pin", tmp_path / "report.json")
    assert (code, "could not be measured" in said) == (2, True)
    assert (copy / "floors.json").read_bytes() == before


def test_a_previous_report_about_other_articles(
    ntmsum, reference_rows, write_outputs, reference_result, runs, tmp_path
):
    report = reference_result.to_json()
    report["outcomes"][0]["segments"].pop()
    (tmp_path / "previous.json").write_text(json.dumps(report))
    arguments = ["--hyp", write_outputs(reference_rows), "--quick", "--report", runs]
    code, said = ntmsum("score", *arguments, "--previous", tmp_path / "previous.json")
    assert (code, "same items" in said) == (2, True)
    assert untouched(runs)


def test_an_unknown_model_beside_is_told_before_any_model_loads(ntmsum):
    code, said = ntmsum("regional", "--quick", "--baseline-model", "no-such-model")
    assert (code, "no-such-model" in said) == (2, True)


def test_lowering_without_a_reason(ntmsum):
    code, said = ntmsum("pin", "--lower")
    assert (code, "needs a reason" in said) == (2, True)
