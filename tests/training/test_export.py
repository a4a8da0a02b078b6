import dataclasses
import json

import pytest
import torch

from ntmsum.engines.store import verify
from ntmsum.engines.weights import load_shipped
from ntmsum.errors import DataError, ModelError
from ntmsum.training.export import ExportConfig, original, run_export, score_table
from ntmsum.training.finetune import FinetuneConfig, run_finetune
from ntmsum.training.folders import load_model

SENTENCES = ("Xã có 3 km đường mới.", "Huyện có 14 xã đạt chuẩn.")


@pytest.fixture
def checkpoint(toy_model, packed_file, tmp_path):
    return run_finetune(
        FinetuneConfig(
            model=str(toy_model),
            examples=str(packed_file),
            output=str(tmp_path / "run"),
            max_steps=3,
            learning_rate=1e-2,
            batch_tokens=200,
            precision="fp32",
        )
    )


def test_the_shipped_folder_is_the_checkpoint_in_int8(toy_model, checkpoint, tmp_path):
    config = ExportConfig(
        str(checkpoint), str(toy_model), str(tmp_path / "out"), "toy-1", sentences=SENTENCES
    )
    folder = run_export(config)
    verify(folder)
    assert json.loads((folder / "config.json").read_text())["sliding_window"] >= 2048
    assert (folder / "model.toml").is_file()
    exported, trained = load_shipped(folder), original(config)
    for (name, ours), theirs in zip(exported.named_parameters(), trained.parameters(), strict=True):
        step = theirs.abs().amax(-1, keepdim=True) / 127 if theirs.dim() == 2 else torch.tensor(1e-6)
        assert ((ours - theirs).abs() <= 0.51 * step + 1e-7).all(), name
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# toy-1")
    assert "Gemma Terms of Use" in card and "on 2 sentences" in card


def test_exported_and_float_log_probabilities_are_close(toy_model, checkpoint, tmp_path):
    from ntmsum.training.export import compare

    config = ExportConfig(str(checkpoint), str(toy_model), str(tmp_path / "out"), "toy-1")
    comparison = compare(original(config), run_export(config), SENTENCES)
    assert comparison.sentences == 2
    assert comparison.mean_difference < 0.1


def test_a_folder_in_use_is_not_overwritten(toy_model, tmp_path):
    (tmp_path / "note").write_text("mine")
    with pytest.raises(DataError, match="not empty"):
        run_export(ExportConfig("", str(toy_model), str(tmp_path), "toy"))


def test_a_checkpoint_of_another_model_is_refused(toy_model, tmp_path):
    torch.save({"master": {"strange": torch.zeros(1)}}, tmp_path / "checkpoint.pt")
    with pytest.raises(DataError, match="does not fit"):
        original(ExportConfig(str(tmp_path / "checkpoint.pt"), str(toy_model), str(tmp_path / "o"), "toy"))


def test_a_missing_base_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"no config\.json"):
        load_model(tmp_path)


def test_the_card_shows_scores_before_and_after(tmp_path):
    for name, value in (("before", 40.0), ("after", 50.0)):
        report = {"scores": {"dev": {"chrF2": value, "seconds": 3}}}
        (tmp_path / name).write_text(json.dumps(report))
    table = score_table(str(tmp_path / "after"), str(tmp_path / "before"))
    assert table.splitlines()[-1] == "| dev | chrF2 | 40 | 50 |"
    assert score_table("") == "Not measured."


def test_a_scores_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "x").write_text("[]")
    with pytest.raises(DataError, match="scores step"):
        score_table(str(tmp_path / "x"))


BODY = (
    "Hội đồng nhân dân huyện Lâm Bình họp ngày 12/3 để bàn về đường giao thông nông thôn. "
    "Xã Thượng Lâm có 3 km đường mới và 14 cầu dân sinh."
)


@pytest.mark.parametrize("product", [False, True])
def test_scores_of_an_exported_folder(toy_model, pairs_file, tmp_path, product):
    from ntmsum.training.scores import ScoresConfig, run_scores

    folder = run_export(ExportConfig("", str(toy_model), str(tmp_path / "out"), "toy"))
    articles = tmp_path / "a.jsonl"
    articles.write_text(json.dumps({"body": BODY, "abstract": "Xã Thượng Lâm có đường mới."}) + "\n")
    config = ScoresConfig(
        str(folder),
        str(tmp_path / "s.json"),
        (str(pairs_file),),
        2,
        str(articles),
        1,
        1,
        threads=1,
        product=product,
    )
    scores = run_scores(config)
    assert set(scores) == {"pairs", "summaries", "lengths"}
    assert json.loads((tmp_path / "s.json").read_text())["scores"]["pairs"] == scores["pairs"]
    with pytest.raises(DataError, match="held-out"):
        run_scores(dataclasses.replace(config, translation=(), articles="", own_pairs=str(pairs_file)))


def test_the_product_answers_in_the_articles_own_words(toy_model, tmp_path):
    from ntmsum.training.decoders import Product

    folder = run_export(ExportConfig("", str(toy_model), str(tmp_path / "out"), "toy"))
    product = Product(folder, threads=1)
    (summary,) = product.summarize([BODY], "short")
    assert summary and set(summary.split()) <= set(BODY.split())
    texts = product.translate(["Xã có đường. Huyện có điện.", ""])
    assert len(texts) == 2 and texts[1] == ""
    assert " out " in product.signature


def test_a_blend_lies_between_base_and_checkpoint(toy_model, checkpoint, tmp_path):
    config = ExportConfig(str(checkpoint), str(toy_model), str(tmp_path / "out"), "toy-1", blend=0.25)
    base, trained = load_model(toy_model), original(dataclasses.replace(config, blend=1.0))
    parts = zip(base.parameters(), trained.parameters(), original(config).parameters(), strict=True)
    for ours, theirs, blended in parts:
        assert torch.allclose(blended, 0.75 * ours + 0.25 * theirs, atol=1e-6)
        assert not torch.equal(ours, theirs)


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5])
def test_a_blend_outside_its_range_is_refused(toy_model, share):
    with pytest.raises(DataError, match="blend"):
        original(ExportConfig("", str(toy_model), "out", "toy", blend=share))
