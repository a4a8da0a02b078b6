import json

import pytest

from ntmsum.engines.base import Completion, Hypothesis
from ntmsum.training.distil import (
    LabelConfig,
    StudentConfig,
    best_summary,
    best_translation,
    run_label,
    run_student,
)
from ntmsum.training.finetune import FinetuneConfig, run_finetune
from ntmsum.training.folders import load_model

BODIES = ["Xã có 3 km đường mới. Thôn mới có điện năm 2020.", "Huyện có 14 xã đạt chuẩn rồi."]


class Teacher:
    """An engine that answers with two candidates: a likelier one that loses figures, then one that keeps them."""

    def __init__(self):
        self.prompts = 0

    def generate(self, prompts, options):
        self.prompts += len(prompts)
        return [
            Completion(
                (Hypothesis("The commune is fine.", -0.1, 4), Hypothesis(f"As said: {p.text}", -0.9, 9)), 3
            )
            for p in prompts
        ]


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "news.jsonl"
    rows = [json.dumps({"body": body, "abstract": "x"}, ensure_ascii=False) for body in BODIES]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_likeliest_candidate_that_keeps_the_figures_wins():
    assert (
        best_translation("Xã có 3 thôn.", ["A commune.", "It has 3 hamlets.", "3 hamlets."])
        == "It has 3 hamlets."
    )
    assert best_translation("Xã có 3 thôn.", ["A commune."]) is None


def test_a_summary_may_leave_figures_out_but_not_invent_any():
    assert best_summary("Xã có 3 thôn, 5 ấp.", ["Xã có 4 thôn.", "Xã có 3 thôn."]) == "Xã có 3 thôn."
    assert best_summary("Xã có 3 thôn.", ["Xã có 4 thôn."]) is None


def test_labelled_pairs_keep_their_figures(articles, tmp_path):
    output = run_label(LabelConfig("", str(articles), str(tmp_path / "out.tsv")), Teacher())
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Xã có 3 km đường mới.\tAs said: Xã có 3 km đường mới."
    assert len(lines) == 3


def test_labelling_goes_on_where_it_stopped(articles, tmp_path):
    whole = run_label(LabelConfig("", str(articles), str(tmp_path / "whole.tsv"), chunk=1), Teacher())
    run_label(LabelConfig("", str(articles), str(tmp_path / "parts.tsv"), limit=1, chunk=1), Teacher())
    (tmp_path / "parts.tsv").open("a").write("half a li")  # cut off while writing
    teacher = Teacher()
    parts = run_label(LabelConfig("", str(articles), str(tmp_path / "parts.tsv"), limit=2, chunk=1), teacher)
    assert parts.read_text(encoding="utf-8") == whole.read_text(encoding="utf-8")
    assert teacher.prompts == 1


def test_labelled_summaries_are_articles_for_the_corpus_step(articles, tmp_path):
    output = run_label(
        LabelConfig("", str(articles), str(tmp_path / "out.jsonl"), task="summarize"), Teacher()
    )
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 3 * len(BODIES)
    assert rows[0] == {"body": BODIES[0], "abstract": "The commune is fine."}


def test_a_student_learns_with_the_finetune_step(toy_model, packed_file, tmp_path):
    student = run_student(
        StudentConfig(
            str(toy_model),
            str(tmp_path / "t5"),
            width=16,
            feed_forward=24,
            heads=2,
            encoder_layers=2,
            decoder_layers=1,
        )
    )
    assert load_model(student).config.is_encoder_decoder
    run_finetune(
        FinetuneConfig(
            model=str(student),
            examples=str(packed_file),
            output=str(tmp_path / "run"),
            max_steps=20,
            learning_rate=1e-2,
            warmup=1,
            batch_tokens=300,
            precision="fp32",
            log_every=1,
        )
    )
    lines = (tmp_path / "run" / "curve.tsv").read_text().splitlines()[1:]
    losses = [float(line.split("\t")[-1]) for line in lines]
    assert sum(losses[-3:]) < sum(losses[:3])
