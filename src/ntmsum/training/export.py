"""The export step: a training checkpoint → the shipped folder, with its card, checksums and a comparison."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from ntmsum.errors import DataError
from ntmsum.tables import load_toml
from ntmsum.training.batches import BOS, EOS, SEPARATOR, TRANSLATE
from ntmsum.training.folders import load_checkpoint, load_model

if TYPE_CHECKING:
    pass

log = logging.getLogger(__name__)

LONGEST_PROMPT = 2048
"""CTranslate2 leaks between long prompts of a batch unless the sliding window exceeds the longest of them."""


@dataclass(frozen=True)
class ExportConfig:
    """What to export.

    Args:
        checkpoint: ``checkpoint.pt`` of a fine-tuning run, or "" to export ``base`` itself.
        base: model folder the run started from: configuration and tokenizer.
        output: folder to write; it must not exist yet or be empty.
        name: the model's name on its card.
        scores: JSON file of the scores step, for the card.
        baseline_scores: scores of the model before, for the card.
        blend: share of the trained weights in a linear blend with ``base``; 1 is the checkpoint itself. A share
            below 1 often keeps what the base could do at little cost (Wortsman et al., CVPR 2022: "Robust
            fine-tuning of zero-shot models").
        training: one paragraph about data and recipe, for the card.
        sentences: Vietnamese sentences on which export and original are compared.
    """

    checkpoint: str
    base: str
    output: str
    name: str
    scores: str = ""
    baseline_scores: str = ""
    blend: float = 1.0
    training: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """How the exported int8 model differs from the float original.

    Args:
        sentences: how many were compared.
        mean_difference: mean absolute difference of log-probabilities per token (nats).
        same_outputs: share of identical greedy translations.
    """

    sentences: int
    mean_difference: float
    same_outputs: float


def original(config: ExportConfig) -> Any:
    """The float32 model to export.

    Raises:
        DataError: the checkpoint is damaged or belongs to another model.
    """
    if not 0 < config.blend <= 1:
        raise DataError(f"blend must lie above 0 and at most at 1, not {config.blend}.")
    model = load_model(config.base)
    if config.checkpoint:
        trained = load_checkpoint(config.checkpoint)["master"]
        state = model.state_dict()
        expected = {name: value.shape for name, value in state.items() if name != "lm_head.weight"}
        if {name: value.shape for name, value in trained.items() if name != "lm_head.weight"} != expected:
            raise DataError(
                f"{config.checkpoint} does not fit the model in {config.base}; give the run's own base."
            )
        for name in expected:
            state[name].lerp_(trained[name], config.blend)
        model.tie_weights()
    return model.eval()


def run_export(config: ExportConfig) -> Path:
    """Write the shipped folder: weights, configuration, tokenizer, prompt formats, card, checksums.

    Raises:
        DataError: the output folder is not empty, the disk is full, or the checkpoint is at fault.
        ModelError: the base folder is at fault.
    """
    from ntmsum.engines.store import write_checksums
    from ntmsum.engines.weights import write_shards

    output = Path(config.output)
    if output.exists() and any(output.iterdir()):
        raise DataError(f"{output} is not empty; choose a new folder.")
    model = original(config)
    try:
        output.mkdir(parents=True, exist_ok=True)
        weights = {name: value for name, value in model.state_dict().items() if name != "lm_head.weight"}
        for shard in write_shards(weights, output):
            shard.chmod(0o644)
        settings = json.loads((Path(config.base) / "config.json").read_text(encoding="utf-8"))
        settings["sliding_window"] = max(int(settings.get("sliding_window") or 0), LONGEST_PROMPT)
        (output / "config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(Path(config.base) / name, output / name)
        formats = files("ntmsum.training").joinpath("tables/model.toml").read_text(encoding="utf-8")
        (output / "model.toml").write_text(formats, encoding="utf-8")
        comparison = compare(model, output, config.sentences) if config.sentences else None
        (output / "README.md").write_text(card(config, comparison), encoding="utf-8")
        write_checksums(output)
    except OSError as error:
        raise DataError(
            f"{output} cannot be written ({error}); free 150 MB or choose another folder."
        ) from error
    log.info("exported %s: %s", output, comparison)
    return output


def compare(model: Any, folder: Path, sentences: Sequence[str]) -> Comparison:
    """Translate ``sentences`` with the float model and with CTranslate2 int8 on the exported folder.

    Args:
        model: the float32 original.
        folder: the exported folder.
        sentences: Vietnamese sentences.
    """
    import torch

    from ntmsum.engines import Decoding
    from ntmsum.engines.base import Prompt
    from ntmsum.engines.codec import load_codec
    from ntmsum.engines.conversion import convert_shipped
    from ntmsum.engines.ctranslate import CTranslate2Engine

    codec = load_codec(folder)
    prompts = [Prompt(text, (BOS, TRANSLATE), (SEPARATOR,)) for text in sentences]
    with tempfile.TemporaryDirectory(prefix="ntmsum-export-") as scratch:
        convert_shipped(folder, Path(scratch) / "ct2")
        engine = CTranslate2Engine(
            Path(scratch) / "ct2", codec, causal=True, max_prompt_tokens=1800, name=folder.name, end_token=EOS
        )
        ours = [done.best.text for done in engine.generate(prompts, Decoding(max_tokens=120))]
        theirs: list[str] = []
        differences: list[float] = []
        end = codec.token_id(EOS)
        for prompt, exported in zip(prompts, engine.log_probabilities(prompts, ours), strict=True):
            head = [codec.token_id(token) for token in codec.fit(prompt, 1800)[0]]
            tail = [*(codec.token_id(token) for token in codec.encode(ours[len(theirs)])), end]
            with torch.no_grad():
                logits = model(input_ids=torch.tensor([head + tail])).logits[0, len(head) - 1 : -1].float()
                mine = logits.log_softmax(-1)[range(len(tail)), tail].tolist()
                made = model.generate(
                    torch.tensor([head]), attention_mask=torch.ones(1, len(head), dtype=torch.long),
                    max_new_tokens=120, do_sample=False, eos_token_id=end, pad_token_id=0,
                )  # fmt: skip
            theirs.append(codec.decode_ids(made[0, len(head) :].tolist()))
            differences += [abs(a - b) for a, b in zip(mine, exported, strict=True)]
    same = sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours)
    return Comparison(len(ours), sum(differences) / len(differences), same)


def card(config: ExportConfig, comparison: Comparison | None) -> str:
    """The model card as Markdown."""
    template = Template(load_toml("ntmsum.training", "tables/card.toml")["text"])
    compared = (
        f"Exported int8 against float32 on {comparison.sentences} sentences: log-probabilities differ by "
        f"{comparison.mean_difference:.3f} nats per token on average; {comparison.same_outputs:.0%} of the greedy "
        "translations are identical."
        if comparison
        else "Not compared with the float model."
    )
    return template.substitute(
        name=config.name, training=config.training or "Not described.", compared=compared,
        scores=score_table(config.scores, config.baseline_scores),
    )  # fmt: skip


def score_table(path: str, baseline: str = "") -> str:
    """A Markdown table of the scores step's JSON file, with the model before beside it."""
    if not path:
        return "Not measured."
    now, before = _read_scores(path), _read_scores(baseline) if baseline else {}
    lines = ["| set | measure | before | after |", "|---|---|---|---|"]
    for name, values in now.items():
        for measure, value in values.items():
            if measure != "seconds":
                old = before.get(name, {}).get(measure)
                lines.append(f"| {name} | {measure} | {'–' if old is None else f'{old:.3g}'} | {value:.3g} |")
    return "\n".join(lines)


def _read_scores(path: str) -> Mapping[str, Mapping[str, float]]:
    try:
        scores: Mapping[str, Mapping[str, float]] = json.loads(Path(path).read_text(encoding="utf-8"))[
            "scores"
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} is no file of the scores step ({error!r}).") from error
    return scores
