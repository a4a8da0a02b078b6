import dataclasses
import logging
import os
import shutil
import signal

import pytest
import torch

from ntmsum.errors import DataError, ModelError
from ntmsum.training import finetune
from ntmsum.training.batches import Packed
from ntmsum.training.curves import read_curve
from ntmsum.training.finetune import FinetuneConfig, Trainer, choose_precision, run_finetune
from ntmsum.training.folders import load_model
from ntmsum.training.objectives import collate_causal, collate_seq2seq


@pytest.fixture
def config(toy_model, packed_file, tmp_path):
    return FinetuneConfig(
        model=str(toy_model), examples=str(packed_file), output=str(tmp_path / "run"), max_steps=6,
        learning_rate=5e-3, warmup=1, batch_tokens=200, precision="fp32", log_every=1,
    )  # fmt: skip


def master(path):
    return torch.load(path, weights_only=True)["master"]


def test_the_loss_falls(config):
    run_finetune(dataclasses.replace(config, max_steps=12))
    losses = [loss for _, loss in sorted(read_curve(f"{config.output}/curve.tsv").popitem()[1])]
    assert losses[-1] < losses[0]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("g++"), reason="no C++ compiler")
def test_a_compiled_run_learns_the_same(config, tmp_path):
    plain = master(run_finetune(config))
    compiled = dataclasses.replace(config, output=str(tmp_path / "compiled"), compile=True)
    for name, value in master(run_finetune(compiled)).items():
        torch.testing.assert_close(value, plain[name], atol=2e-3, rtol=1e-3)


def test_compiling_without_a_compiler_is_refused(config, monkeypatch):
    monkeypatch.setattr(finetune.shutil, "which", lambda name: None)
    with pytest.raises(DataError, match=r"g\+\+"):
        run_finetune(dataclasses.replace(config, compile=True))


def test_an_interrupted_run_ends_with_the_same_weights(config, tmp_path):
    whole = run_finetune(config)
    parts = dataclasses.replace(config, output=str(tmp_path / "parts"))
    # The decay runs over max_steps, so the first part must know the whole length and stop by itself.
    first = Stopping(dataclasses.replace(parts), after=3)
    first.run()
    assert torch.load(tmp_path / "parts" / "checkpoint.pt", weights_only=True)["progress"]["step"] == 3
    again = run_finetune(parts)
    for name, value in master(whole).items():
        assert torch.equal(value, master(again)[name]), name


class Stopping:
    """Runs a fine-tuning and sends it SIGTERM after some steps."""

    def __init__(self, config, after):
        self.config, self.after = config, after

    def run(self):
        step = Trainer.step

        def counted(trainer, *args):
            loss = step(trainer, *args)
            if trainer.progress.step == self.after:
                os.kill(os.getpid(), signal.SIGTERM)
            return loss

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Trainer, "step", counted)
            run_finetune(self.config)


def test_a_second_phase_takes_over_weights_but_not_the_position(config, tmp_path):
    first = run_finetune(dataclasses.replace(config, max_steps=2))
    second = dataclasses.replace(config, output=str(tmp_path / "b"), take_over=str(first), max_steps=0)
    assert torch.equal(master(run_finetune(second))["model.norm.weight"], master(first)["model.norm.weight"])
    assert torch.load(tmp_path / "b" / "checkpoint.pt", weights_only=True)["progress"]["step"] == 0


def test_the_best_weights_by_dev_loss_are_kept(config, packed_file):
    run_finetune(dataclasses.replace(config, dev=str(packed_file)))
    assert "dev" in read_curve(f"{config.output}/curve.tsv")
    assert master(f"{config.output}/best.pt").keys() == master(f"{config.output}/checkpoint.pt").keys()


def test_the_best_weights_by_decoded_dev_examples_are_kept(config, packed_file):
    run_finetune(dataclasses.replace(config, dev=str(packed_file), dev_decoded=2, save_every=0.0))
    points = [value for _, value in read_curve(f"{config.output}/curve.tsv")["dev chrF2"]]
    best = torch.load(f"{config.output}/best.pt", weights_only=True)["progress"]
    assert len(points) > 1
    assert -best["best"] == pytest.approx(max(points), abs=1e-3)


def test_frozen_parameters_stay_and_the_others_learn(config):
    before = dict(load_model(config.model).named_parameters())
    after = master(
        run_finetune(dataclasses.replace(config, frozen=("model.embed_tokens", "model.layers.0.")))
    )
    changed = {name for name in before if not torch.equal(before[name].detach(), after[name])}
    assert changed and not any(name.startswith(("model.embed", "model.layers.0.")) for name in changed)


def test_a_frozen_name_that_fits_no_parameter_is_refused(config):
    with pytest.raises(DataError, match=r"model\.layer\.0"):
        run_finetune(dataclasses.replace(config, frozen=("model.layer.0",)))


@pytest.mark.parametrize(("done", "share"), [(0.0, 1.0), (0.5, 0.51), (1.0, 0.02), (2.0, 0.02)])
def test_the_rate_falls_linearly_by_the_clock(config, done, share):
    trainer = Trainer(
        load_model(config.model),
        dataclasses.replace(config, max_steps=None, stop_at=2000.0, schedule=(1000.0, 2000.0)),
    )
    assert trainer.rate(1000 + 1000 * done) == pytest.approx(config.learning_rate * share)


def test_without_bf16_training_falls_back_and_says_so(monkeypatch, caplog):
    monkeypatch.setattr(finetune, "computes_bf16", lambda: False)
    with caplog.at_level(logging.WARNING):
        assert choose_precision("auto") is torch.float32
    assert "fp32" in caplog.text


def test_with_bf16_training_uses_it(monkeypatch):
    monkeypatch.setattr(finetune, "computes_bf16", lambda: True)
    assert choose_precision("auto") is torch.bfloat16


def test_an_unknown_precision_is_refused():
    with pytest.raises(DataError, match="fp8"):
        choose_precision("fp8")


def test_a_run_needs_an_end():
    with pytest.raises(DataError, match="max_steps"):
        FinetuneConfig(model="a", examples="b", output="c")


def test_out_of_memory_says_which_setting_to_lower(config, packed_file):
    trainer = Trainer(load_model(config.model), config)

    def explode(*_):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    trainer.objective = dataclasses.replace(trainer.objective, loss=explode)
    with pytest.raises(ModelError, match="batch_tokens"):
        trainer.step(collate_causal(Packed.load(packed_file), [0]), 0.0)


def test_a_full_disk_is_named_and_leaves_no_half_file(config, tmp_path, monkeypatch):
    trainer = Trainer(load_model(config.model), config)

    def full(_, path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(DataError, match="No space left"):
        trainer.save(tmp_path / "checkpoint.pt")
    assert list(tmp_path.glob("checkpoint*")) == []


def test_a_damaged_checkpoint_is_named(config, tmp_path):
    run = tmp_path / "run"
    run.mkdir()
    (run / "checkpoint.pt").write_bytes(b"broken")
    with pytest.raises(DataError, match=r"checkpoint\.pt is damaged"):
        run_finetune(config)


def test_labels_stand_one_before_their_target(packed_file):
    packed = Packed.load(packed_file)
    tokens, prompt = packed.example(0)
    tensors = collate_causal(packed, [0, 1])
    assert tensors["ids"].shape == tensors["labels"].shape
    labels = tensors["labels"][0]
    assert labels[prompt - 1 : len(tokens) - 1].tolist() == tokens[prompt:].tolist()
    assert (labels != -100).sum() == len(tokens) - prompt


def test_encoder_decoder_batches_part_prompt_and_target(packed_file):
    packed = Packed.load(packed_file)
    tokens, prompt = packed.example(2)
    tensors = collate_seq2seq(packed, [2, 3])
    assert tensors["ids"][0, :prompt].tolist() == tokens[:prompt].tolist()
    assert tensors["mask"][0].sum() == prompt
    assert [label for label in tensors["labels"][0].tolist() if label != -100] == tokens[prompt:].tolist()
