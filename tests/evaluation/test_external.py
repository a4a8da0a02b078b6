import pytest

from ntmsum.errors import DataError
from ntmsum.evaluation.external import score_outputs


def test_references_score_perfectly(reference_result):
    assert [o.name for o in reference_result.outcomes] == ["summary", "translation"]
    assert reference_result.outcomes[0].score("ROUGE-2").value == 100
    assert reference_result.outcomes[1].score("chrF2").value == 100


def test_scores_come_by_segment_and_by_tag(reference_result, subset):
    outcome = reference_result.outcomes[0]
    assert len(outcome.score("ROUGE-1").segments) == len(subset)
    assert set(outcome.groups) == {"theme", "era", "length", "part"}
    assert sum(row["n"] for row in outcome.groups["era"].values()) == len(subset)


def test_english_alone_is_scored_end_to_end(subset, write_outputs):
    rows = [{"id": a.id, "english": a.summary_en} for a in subset]
    assert [o.name for o in score_outputs(write_outputs(rows), quick=True).outcomes] == ["end-to-end"]


def test_order_of_the_lines_does_not_matter(reference_rows, write_outputs, reference_result):
    again = score_outputs(write_outputs(reference_rows[::-1]), quick=True)
    assert again.to_json()["outcomes"] == reference_result.to_json()["outcomes"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows[:-1], "11 outputs for 12 articles: missing rn-068"),
        (lambda rows: [*rows, {"id": "rn-999", "summary": "x", "translation": "x"}], "unknown rn-999"),
        (lambda rows: [*rows, rows[0]], "'rn-001' twice"),
        (lambda rows: [{**rows[0], "summary": " "}, *rows[1:]], "summary of rn-001 is missing or empty"),
        (lambda rows: [{"id": r["id"]} for r in rows], "nothing to score"),
        (lambda rows: [{"id": rows[0]["id"], "summary": "x"}, *rows[1:]], "translation of rn-001 is missing"),
    ],
)
def test_faulty_outputs_are_named(spoil, message, reference_rows, write_outputs):
    with pytest.raises(DataError, match=message):
        score_outputs(write_outputs(spoil(reference_rows)), quick=True)
