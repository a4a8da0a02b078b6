import copy
import json
import random
import re

import pytest

from ntmsum.errors import DataError
from ntmsum.evaluation.articles import set_hash
from ntmsum.evaluation.baselines import EXTRACTORS, extract
from ntmsum.evaluation.external import score_outputs
from ntmsum.evaluation.gate import check, differences, floors_path, pin, read_floors
from ntmsum.evaluation.outputs import Outputs
from ntmsum.evaluation.regional import run_regional
from ntmsum.evaluation.running import with_translator
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import load_pipeline


@pytest.fixture(scope="module")
def report(reference_result):
    return reference_result.to_json()


@pytest.fixture
def floors(report, tmp_path):
    path = tmp_path / "floors.json"
    pin(report, path=path)
    return path


def test_shipped_floors_are_pinned_on_the_shipped_set():
    suites = read_floors(floors_path())["suites"]
    assert set(suites) == {
        "calibration on regional-news-v1",
        "regional on regional-news-v1-quick",
        "robust on regional-news-v1",
    }
    assert {suite["sha256"] for suite in suites.values()} == {set_hash()}
    assert all(suite["floors"] for suite in suites.values())
    assert "official:" in suites["regional on regional-news-v1-quick"]["system"]


def names(breaches):
    return {b.name for b in breaches}


def test_a_run_passes_its_own_floors(report, floors):
    assert check(report, floors) == []


def scored(rows, write_outputs):
    return score_outputs(write_outputs(rows), quick=True).to_json()


def altered(rows):
    """The same outputs with one digit in twenty changed into another one."""
    rng = random.Random(5)

    def other(digit):
        return rng.choice([d for d in "123456789" if d != digit[0]]) if rng.random() < 0.05 else digit[0]

    return [{k: v if k == "id" else re.sub(r"\d", other, v) for k, v in row.items()} for row in rows]


def test_five_percent_of_the_digits_altered_fails(reference_rows, write_outputs, floors):
    found = names(check(scored(altered(reference_rows), write_outputs), floors))
    assert {"summary / fact precision", "translation / fact precision"} <= found


def test_lead_1_in_place_of_the_summarizer_fails(subset, reference_rows, write_outputs, floors):
    rows = [
        {**r, "summary": extract(normalize(a.article), EXTRACTORS["LEAD-1"])}
        for a, r in zip(subset, reference_rows, strict=True)
    ]
    found = names(check(scored(rows, write_outputs), floors))
    assert {"summary / ROUGE-1", "summary / key facts", "summary / fact recall"} <= found


def test_an_emptied_glossary_fails(reference_rows, write_outputs, floors, monkeypatch):
    monkeypatch.setattr(Glossary, "official", staticmethod(lambda: Glossary(())))
    breaches = check(scored(reference_rows, write_outputs), floors)
    assert [(b.name, b.why) for b in breaches] == [("translation / term adherence", "could not be measured")]


def test_a_glossary_that_grew_is_noted_and_passes(report, floors):
    text = json.dumps(report)
    changed = json.loads(re.sub(r"official:\d+:\w+", "official:9999:feedbeef", text))
    assert json.dumps(changed) != text
    assert check(changed, floors) == []


def test_other_weights_or_another_glossary_are_named(report, tmp_path):
    path = tmp_path / "floors.json"
    pinned = {**report, "system": "ntm-1 aaaa | ntm-1 aaaa terms official:867:00 | checks en"}
    now = {**report, "system": "ntm-1 bbbb | ntm-1 bbbb terms official:868:11 | checks en"}
    pin(pinned, path=path)
    assert differences(pinned, path) == ""
    assert differences(now, path) == (
        "the floors were pinned with aaaa official:867:00, this run has bbbb official:868:11"
    )


def test_several_suites_are_pinned_together_or_not_at_all(report, tmp_path):
    path = tmp_path / "floors.json"
    other = {**report, "suite": "other"}
    pin(report, other, path=path)
    assert len(read_floors(path)["suites"]) == 2
    before = path.read_text()
    better = copy.deepcopy(other)
    better["outcomes"][1]["scores"][0]["value"] += 5
    with pytest.raises(DataError, match="would be lowered"):
        pin(better, worse(report, 3), path=path)
    assert path.read_text() == before


def test_comparison_scales_and_optional_metrics_are_not_pinned(report, tmp_path):
    more = copy.deepcopy(report)
    more["outcomes"][0]["scores"].append({**report["outcomes"][0]["scores"][0], "metric": "e5 margin"})
    pin(more, path=tmp_path / "floors.json")
    names = " ".join(read_floors(tmp_path / "floors.json")["suites"].popitem()[1]["floors"])
    assert "ascii" not in names and "e5" not in names


def test_a_metric_measured_in_another_way_fails(report, floors):
    changed = copy.deepcopy(report)
    changed["outcomes"][0]["scores"][0]["signature"] += "|new"
    assert "measured differently" in check(changed, floors)[0].why


def worse(report, by):
    changed = copy.deepcopy(report)
    changed["outcomes"][1]["scores"][0]["value"] -= by
    return changed


def test_a_fall_within_epsilon_passes(report, tmp_path):
    noisy = copy.deepcopy(report)
    noisy["outcomes"][1]["scores"][0]["spread"] = 2.0
    path = tmp_path / "floors.json"
    pin(noisy, path=path)
    assert check(worse(report, 1.9), path) == []
    assert names(check(worse(report, 2.1), path)) == {"translation / chrF2"}


def test_raising_needs_no_flag_and_lowering_needs_a_reason(report, tmp_path):
    path = tmp_path / "floors.json"
    pin(worse(report, 5), path=path)
    assert pin(report, path=path) == ["score on regional-news-v1-quick: translation / chrF2: 95.0 → 100.0"]
    raised = path.read_text()
    with pytest.raises(DataError, match="translation / chrF2"):
        pin(worse(report, 3), path=path)
    with pytest.raises(DataError, match="needs a reason"):
        pin(worse(report, 3), path=path, lower=True, reason=" ")
    assert path.read_text() == raised
    pin(worse(report, 3), path=path, lower=True, reason="A smaller model ships.")
    note = read_floors(path)["lowered"][-1]
    assert (note["name"], note["from"], note["to"]) == ("translation / chrF2", 100.0, 97.0)
    assert note["reason"] == "A smaller model ships."


def test_another_corpus_or_suite_is_an_error(report, floors):
    with pytest.raises(DataError, match="not the one"):
        check({**report, "corpus": {**report["corpus"], "sha256": "0" * 64}}, floors)
    with pytest.raises(DataError, match="no floors for robust"):
        check({**report, "suite": "robust"}, floors)
    with pytest.raises(DataError, match="evaluation set"):
        pin({**report, "corpus": {**report["corpus"], "sha256": "0" * 64}}, path=floors)


def test_what_is_no_floors_file_is_an_error(report, tmp_path):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"schema": 99}))
    with pytest.raises(DataError, match="not a floors file"):
        check(report, path)


def test_nothing_is_pinned_on_what_was_not_measured(report, tmp_path):
    changed = copy.deepcopy(report)
    changed["outcomes"][0]["scores"][0]["value"] = None
    with pytest.raises(DataError, match="could not be measured"):
        pin(changed, path=tmp_path / "floors.json")
    assert not (tmp_path / "floors.json").exists()


@pytest.mark.slow
def test_the_shipped_models_pass_and_a_spoiled_system_fails(subset, pipeline, write_outputs, tmp_path):
    """The three faults again, with the real outputs and the epsilons that they have."""
    outputs = Outputs(tmp_path / "outputs")
    outcomes = {o.name: o for o in run_regional(pipeline, outputs, quick=True).outcomes}
    rows = [
        {"id": s.id, "summary": s.hypothesis, "translation": t.hypothesis}
        for s, t in zip(outcomes["summary"].samples, outcomes["translation"].samples, strict=True)
    ]
    path = tmp_path / "floors.json"
    pin(scored(rows, write_outputs), path=path)
    assert check(scored(rows, write_outputs), path) == []
    assert "translation / fact precision" in names(check(scored(altered(rows), write_outputs), path))
    first = [
        {**r, "summary": extract(normalize(a.article), EXTRACTORS["LEAD-1"])}
        for a, r in zip(subset, rows, strict=True)
    ]
    assert {"summary / ROUGE-1", "summary / key facts"} <= names(check(scored(first, write_outputs), path))
    bare = load_pipeline(glossary=Glossary(())).translator
    texts = [a.summary_vi for a in subset]
    plain, _ = outputs.complete(bare.signature, "translation", texts, with_translator(bare))
    without = [{**r, "translation": p["english"]} for r, p in zip(rows, plain, strict=True)]
    assert "translation / term adherence" in names(check(scored(without, write_outputs), path))
