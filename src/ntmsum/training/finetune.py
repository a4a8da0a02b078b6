"""The finetune step: packed examples → a trained checkpoint. bf16 compute, fp32 master weights, exact resume."""

from __future__ import annotations

import logging
import math
import os
import shutil
import signal
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntmsum.errors import DataError, ModelError
from ntmsum.training.batches import Packed, batch_stream
from ntmsum.training.curves import append_point
from ntmsum.training.folders import load_checkpoint, load_model, load_tokenizer
from ntmsum.training.objectives import Tensors, objective_of
from ntmsum.training.selection import dev_loss, dev_scores

if TYPE_CHECKING:
    import torch
    from torch import nn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FinetuneConfig:
    """How to fine-tune.

    Args:
        model: folder of the model to start from (Hugging Face or shipped format).
        examples: packed training examples (``.npz``).
        output: run folder for checkpoints and the log; an existing checkpoint there is resumed.
        max_steps: optimizer steps in all; None leaves the end to ``stop_at``.
        stop_at: wall-clock end in seconds since the epoch (``time.time()``), None for no such end.
        schedule: wall-clock start and end of the learning-rate decay when ``stop_at`` rules, so that several
            phases share one decay; None decays from the start of the run to ``stop_at``.
        learning_rate: peak, reached after ``warmup`` steps.
        final_rate: share of the peak left at the end; the decay between is linear.
        warmup: steps of linear warm-up after the start and after taking over an optimizer.
        batch_tokens: padded tokens per step.
        label_smoothing: of the target cross-entropy.
        clip: largest gradient norm.
        seed: of the batch order.
        precision: ``auto`` takes bf16 where the processor computes it, else fp32; or ``bf16``, ``fp32``.
        threads: CPU threads; None leaves torch's choice.
        save_every: seconds between checkpoints.
        log_every: steps between log lines.
        dev: packed dev examples, measured at every checkpoint; the best weights are kept in ``best.pt``. Empty for
            none.
        dev_decoded: how many dev examples of each task are decoded for that; best is then the highest mean of chrF2
            (translations) and ROUGE-L (summaries). 0 goes by the dev loss.
        take_over: checkpoint of an earlier phase whose weights and optimizer moments start this run.
        frozen: beginnings of parameter names that stay as they are ("model.embed_tokens"). Their share of the
            work is saved, and their rows export to the same bytes as before.
        compile: fuse the model's small operations by ``torch.compile``; needs a C++ compiler and a few minutes at
            the start.
    """

    model: str
    examples: str
    output: str
    max_steps: int | None = None
    stop_at: float | None = None
    schedule: tuple[float, float] | None = None
    learning_rate: float = 1e-4
    final_rate: float = 0.02
    warmup: int = 40
    batch_tokens: int = 2048
    label_smoothing: float = 0.05
    clip: float = 1.0
    seed: int = 0
    precision: str = "auto"
    threads: int | None = None
    save_every: float = 720.0
    log_every: int = 20
    dev: str = ""
    dev_decoded: int = 0
    take_over: str | None = None
    frozen: tuple[str, ...] = ()
    compile: bool = False

    def __post_init__(self) -> None:
        if self.max_steps is None and self.stop_at is None:
            raise DataError("Set max_steps or stop_at: fine-tuning needs an end.")


@dataclass
class Progress:
    """Where a run stands; saved in every checkpoint."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float = math.nan
    best: float = math.inf  # lowest cost so far: the dev loss, or minus the mean dev score


def computes_bf16() -> bool:
    """Whether this machine's GPU, or else its processor, multiplies bf16."""
    import torch

    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def choose_precision(wanted: str) -> torch.dtype:
    """The compute type for ``auto``, ``bf16`` or ``fp32`` on this machine; a fallback is logged.

    Raises:
        DataError: another name.
    """
    import torch

    if wanted not in ("auto", "bf16", "fp32"):
        raise DataError(f"precision must be auto, bf16 or fp32, not {wanted!r}.")
    if wanted == "fp32":
        return torch.float32
    if not computes_bf16():
        log.warning("This processor does not compute bf16; training runs in fp32, at about half the speed.")
        return torch.float32
    return torch.bfloat16


class Trainer:
    """Model, fp32 master weights and AdamW moments of one run.

    Args:
        model: a transformers language model, decoder-only or encoder-decoder.
        config: the run's configuration.
    """

    def __init__(self, model: nn.Module, config: FinetuneConfig) -> None:
        import torch

        self.config = config
        self.dtype = choose_precision(config.precision)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        if (
            config.compile
            and self.device.type == "cpu"
            and not any(map(shutil.which, ("c++", "g++", "clang++")))
        ):
            raise DataError("compile needs a C++ compiler: install g++, or leave compile out.")
        self.objective = objective_of(model)
        self.model = model.to(self.device)
        self.names = [name for name, _ in model.named_parameters()]
        for beginning in config.frozen:
            if not any(name.startswith(beginning) for name in self.names):
                raise DataError(
                    f"No parameter begins with {beginning!r}; mend frozen (one is {self.names[0]})."
                )
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(not name.startswith(config.frozen))
        self.master = [parameter.detach().clone().float() for parameter in model.parameters()]
        self.model.to(self.dtype).train()
        if config.compile:
            base: Any = self.model.base_model
            base.compile(dynamic=True)  # batches differ in shape
        self.parameters: list[torch.Tensor] = list(self.model.parameters())
        self.optimizer = torch.optim.AdamW(
            self.master, lr=config.learning_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True
        )
        self.progress = Progress()
        self.began = time.time()

    def rate(self, now: float) -> float:
        """Learning rate at this step and time: warm-up, then linear decay by steps or by the clock."""
        config = self.config
        if config.stop_at is not None:
            start, end = config.schedule or (self.began, config.stop_at)
            done = (now - start) / max(1.0, end - start)
        else:
            done = self.progress.step / max(1, config.max_steps or 1)
        decay = 1 - (1 - config.final_rate) * min(1.0, max(0.0, done))
        return config.learning_rate * decay * min(1.0, (self.progress.step + 1) / max(1, config.warmup))

    def step(self, tensors: Tensors, now: float) -> float:
        """One optimizer step; returns the loss.

        Raises:
            DataError: the loss is not finite.
            ModelError: memory ran out; the message names the setting to lower.
        """
        import torch

        try:
            placed = {name: tensor.to(self.device) for name, tensor in tensors.items()}
            loss = self.objective.loss(self.model, placed, self.config.label_smoothing)
            loss.backward()
        except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and "memory" not in str(error):
                raise
            raise ModelError(
                f"Memory ran out at {' × '.join(map(str, tensors['ids'].shape))} tokens; lower batch_tokens "
                f"(now {self.config.batch_tokens}) or the source limit of the corpus step."
            ) from error
        value = float(loss.detach())
        if not math.isfinite(value):
            raise DataError(
                f"The loss is {value} at step {self.progress.step}; lower learning_rate or use fp32."
            )
        for master, parameter in zip(self.master, self.parameters, strict=True):
            master.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self.master, self.config.clip)
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(now)
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(self.parameters, self.master)
        self.progress.step += 1
        return value

    def save(self, path: Path, weights_only: bool = False) -> None:
        """Write the checkpoint beside ``path`` and rename it, so that a crash never leaves half a file.

        Args:
            path: file to replace.
            weights_only: leave out the optimizer; such a file can be exported but not resumed.

        Raises:
            DataError: the disk is full or not writable.
        """
        import torch

        state = {
            "master": dict(zip(self.names, self.master, strict=True)),
            "progress": asdict(self.progress),
            "config": asdict(self.config),
        }
        if not weights_only:
            state["optimizer"] = self.optimizer.state_dict()
        part = path.with_suffix(".part")
        try:
            torch.save(state, part)
            os.replace(part, path)
        except (OSError, RuntimeError) as error:
            part.unlink(missing_ok=True)
            raise DataError(
                f"The checkpoint {path} cannot be written ({error}); free about 1.6 GB or choose another output."
            ) from error

    def load(self, path: Path, keep_progress: bool) -> None:
        """Take weights and moments from a checkpoint, and its position if ``keep_progress``.

        Raises:
            DataError: the file is damaged or belongs to another model.
        """
        import torch

        state = load_checkpoint(path)
        try:
            with torch.no_grad():
                for name, master in zip(self.names, self.master, strict=True):
                    master.copy_(state["master"][name])
            self.optimizer.load_state_dict(state["optimizer"])
        except (RuntimeError, KeyError, ValueError) as error:
            raise DataError(
                f"The checkpoint {path} belongs to another model or has no optimizer ({error})."
            ) from error
        with torch.no_grad():
            torch._foreach_copy_(self.parameters, self.master)
        if keep_progress:
            self.progress = Progress(**state["progress"])


def _stop_on_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set, so that an interrupted run ends with a checkpoint."""
    stopping = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopping.set())
    return stopping


class _Run:
    """The log, the curve and the checkpoints of one run folder."""

    def __init__(self, trainer: Trainer, dev: Packed | None) -> None:
        self.trainer, self.dev = trainer, dev
        self.output = Path(trainer.config.output)
        self.checkpoint = self.output / "checkpoint.pt"
        self.saved = self.logged = time.time()
        self.tokens = trainer.progress.tokens
        self.losses: dict[str, list[float]] = {}

    def note(self, series: str, loss: float) -> None:
        """Take in the loss of one step; every ``log_every`` steps, log and draw."""
        self.losses.setdefault(series, []).append(loss)
        progress, config = self.trainer.progress, self.trainer.config
        if progress.step % config.log_every:
            return
        now = time.time()
        rate = self.trainer.rate(now)
        means = {name: sum(values) / len(values) for name, values in sorted(self.losses.items())}
        for name, mean in means.items():
            append_point(self.output / "curve.tsv", progress.step, progress.tokens, rate, name, mean)
        speed = (progress.tokens - self.tokens) / max(1e-9, now - self.logged)
        shown = "  ".join(f"{name} {mean:.3f} ({len(self.losses[name])})" for name, mean in means.items())
        log.info(
            "step %d  %s  lr %.2e  %.0f tok/s  %d tokens", progress.step, shown, rate, speed, progress.tokens
        )
        self.losses, self.logged, self.tokens = {}, now, progress.tokens

    def measure(self, dev: Packed) -> float:
        """Log and draw the dev measures; returns the cost by which checkpoints are compared."""
        trainer, config = self.trainer, self.trainer.config
        trainer.model.eval()
        measures = {"dev": dev_loss(trainer.model, trainer.objective, dev, config.batch_tokens)}
        cost = measures["dev"]
        if config.dev_decoded:
            scores = dev_scores(trainer.model, dev, load_tokenizer(config.model), config.dev_decoded)
            measures |= {f"dev {name}": value for name, value in scores.items()}
            cost = -sum(scores.values()) / len(scores)
        trainer.model.train()
        progress = trainer.progress
        for name, value in measures.items():
            append_point(self.output / "curve.tsv", progress.step, progress.tokens, 0.0, name, value)
        shown = "  ".join(f"{name} {value:.3f}" for name, value in measures.items())
        log.info("step %d  %s%s", progress.step, shown, "  (best)" if cost < progress.best else "")
        return cost

    def save(self) -> None:
        """Write a checkpoint, measure the dev examples, keep the best weights."""
        progress = self.trainer.progress
        if self.dev is not None:
            cost = self.measure(self.dev)
            if cost < progress.best:
                progress.best = cost
                self.trainer.save(self.output / "best.pt", weights_only=True)
        self.trainer.save(self.checkpoint)
        self.saved = time.time()
        log.info("checkpoint at step %d", progress.step)


def run_finetune(config: FinetuneConfig) -> Path:
    """Fine-tune until the last step or the wall-clock end; returns the path of the final checkpoint.

    A checkpoint in ``config.output`` is resumed at its batch, with the same batches after it. SIGTERM ends the run
    with a checkpoint.

    Raises:
        DataError: examples, checkpoint or disk are at fault.
        ModelError: the model folder cannot be read, or memory ran out.
    """
    import torch

    if config.threads:
        torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    packed = Packed.load(config.examples)
    trainer = Trainer(load_model(config.model), config)
    output = Path(config.output)
    output.mkdir(parents=True, exist_ok=True)
    if (output / "checkpoint.pt").exists():
        trainer.load(output / "checkpoint.pt", keep_progress=True)
        log.info("resumed %s at step %d", output, trainer.progress.step)
    elif config.take_over:
        trainer.load(Path(config.take_over), keep_progress=False)
        log.info("took over %s", config.take_over)
    progress = trainer.progress
    run = _Run(trainer, Packed.load(config.dev) if config.dev else None)
    log.info("start: %d examples, %d tokens, %s, %d threads", len(packed), len(packed.tokens), trainer.dtype,
             torch.get_num_threads())  # fmt: skip
    stopping = _stop_on_signal()
    began = time.time()
    for batch in batch_stream(packed.lengths(), config.batch_tokens, config.seed, progress.step):
        now = time.time()
        ended = config.max_steps is not None and progress.step >= config.max_steps
        if ended or stopping.is_set() or (config.stop_at is not None and now >= config.stop_at):
            break
        tensors = trainer.objective.collate(packed, batch)
        progress.loss = trainer.step(tensors, now)
        progress.tokens += tensors["ids"].numel()
        # The token after <bos> names the task; batches are mixed, so a batch counts for its first example.
        run.note(f"task {packed.example(batch[0])[0][1]}", progress.loss)
        if time.time() - run.saved > config.save_every:
            run.save()
    progress.seconds += time.time() - began
    run.save()
    log.info("done: step %d, %d tokens, %.0f s", progress.step, progress.tokens, progress.seconds)
    return run.checkpoint
