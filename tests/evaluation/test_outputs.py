import json

import pytest

from ntmsum.errors import CacheError, DataError
from ntmsum.evaluation.outputs import Outputs, code_hash


@pytest.fixture(autouse=True)
def groups_of_two(monkeypatch):
    monkeypatch.setattr("ntmsum.evaluation.outputs.GROUP", 2)


@pytest.fixture
def outputs(tmp_path):
    return Outputs(tmp_path / "kept")


class Maker:
    """Upper-cases texts, notes the groups it is given, and breaks down where it is told to."""

    def __init__(self, breaks_at=None):
        self.groups, self.breaks_at = [], breaks_at

    def __call__(self, texts):
        if self.breaks_at in texts:
            raise KeyboardInterrupt
        self.groups.append(texts)
        return [{"text": text.upper()} for text in texts]


TEXTS = ["một", "hai hai", "ba", "bốn bốn", "năm năm năm"]


def test_outputs_come_in_the_order_of_the_texts(outputs):
    rows, reused = outputs.complete("system", "task", TEXTS, Maker())
    assert [r["text"] for r in rows] == [t.upper() for t in TEXTS]
    assert reused == 0


def test_texts_of_similar_length_are_made_together(outputs):
    maker = Maker()
    outputs.complete("system", "task", TEXTS, maker)
    assert maker.groups == [["năm năm năm", "bốn bốn"], ["hai hai", "một"], ["ba"]]


def test_an_interrupted_run_goes_on_where_it_stopped_and_in_the_same_groups(outputs, tmp_path):
    first, second, whole = Maker(breaks_at="một"), Maker(), Maker()
    with pytest.raises(KeyboardInterrupt):
        outputs.complete("system", "task", TEXTS, first)
    rows, reused = Outputs(tmp_path / "kept").complete("system", "task", TEXTS, second)
    assert rows == Outputs(tmp_path / "whole").complete("system", "task", TEXTS, whole)[0]
    assert first.groups + second.groups == whole.groups
    assert (len(first.groups), reused) == (1, 2)


@pytest.mark.parametrize(("system", "task"), [("another", "task"), ("system", "another")])
def test_another_system_or_task_is_another_output(outputs, system, task):
    outputs.complete("system", "task", TEXTS, Maker())
    assert outputs.complete(system, task, TEXTS, Maker())[1] == 0


def test_changed_code_is_another_system(outputs, monkeypatch):
    outputs.complete("system", "task", TEXTS, Maker())
    monkeypatch.setattr("ntmsum.evaluation.outputs.code_hash", lambda: "changed")
    assert outputs.complete("system", "task", TEXTS, Maker())[1] == 0


def test_fresh_makes_everything_anew(outputs, tmp_path):
    outputs.complete("system", "task", TEXTS, Maker())
    maker = Maker()
    assert Outputs(tmp_path / "kept", fresh=True).complete("system", "task", TEXTS, maker)[1] == 0
    assert {text for group in maker.groups for text in group} == set(TEXTS)


def test_a_text_that_occurs_twice_is_made_once(outputs):
    maker = Maker()
    rows, _ = outputs.complete("system", "task", ["một", "một"], maker)
    assert maker.groups == [["một"]]
    assert rows == [{"text": "MỘT"}] * 2


def test_a_second_run_of_the_same_system_is_told_to_wait(outputs):
    def nested(texts):
        return outputs.complete("system", "task", texts, Maker())[0]

    with pytest.raises(DataError, match="Another process is writing"):
        outputs.complete("system", "task", TEXTS, nested)


def test_a_damaged_file_is_named(outputs):
    outputs.complete("system", "task", TEXTS, Maker())
    (file,) = outputs.folder.glob("*.ledger")
    file.write_bytes(b"no data base at all, whatever its name says" * 100)
    with pytest.raises(DataError, match="damaged"):
        outputs.complete("system", "task", TEXTS, Maker())


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text(json.dumps(1))
    with pytest.raises(CacheError, match="NTMSUM_CACHE"):
        Outputs(tmp_path / "file" / "kept").complete("system", "task", TEXTS, Maker())


def test_the_code_hash_sees_what_outputs_depend_on_and_nothing_else(tmp_path):
    (tmp_path / "facts").mkdir()
    (tmp_path / "app").mkdir()
    (tmp_path / "facts" / "units.toml").write_text("a = 1")
    (tmp_path / "app" / "page.css").write_text("a")
    before = code_hash(tmp_path)
    (tmp_path / "app" / "page.css").write_text("b")
    assert code_hash(tmp_path) == before
    (tmp_path / "facts" / "units.toml").write_text("a = 2")
    assert code_hash(tmp_path) != before
