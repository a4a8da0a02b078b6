"""Conversion of transformers checkpoints to CTranslate2, with the corrections its converter needs."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ntmsum.engines.compact import compact_cache
from ntmsum.engines.registry import find_table
from ntmsum.engines.store import write_checksums
from ntmsum.engines.weights import load_shipped
from ntmsum.errors import ModelError

QUANTIZATIONS = (
    "int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16", "float16", "bfloat16", "float32",
)  # fmt: skip
# Tokens of an output that must fit into a sliding attention window after the longest prompt.
OUTPUT_ROOM = 256


def convert_model(name: str, target: Path, quantization: str = "int8") -> None:
    """Convert a known or local model into a folder that is a model of its own: weights, tokenizer, model.toml.

    Args:
        name: a registered name, or a local checkpoint folder with a ``model.toml``.
        target: the folder to make; it must not exist, or be empty.
        quantization: one of ``QUANTIZATIONS``.

    Raises:
        ModelError: the model is unknown, cannot be had or converted, or the folder cannot be written.
    """
    from transformers import AutoTokenizer

    if quantization not in QUANTIZATIONS:
        raise ModelError(f"There is no quantization {quantization!r}; choose {', '.join(QUANTIZATIONS)}.")
    entry, table = find_table(name)
    if entry.shipped:
        raise ModelError(
            f"{name} is in the project's own format and converted on its first use; nothing is to be done."
        )
    source = str(entry.folder or entry.source)
    if (Path(source) / "model.bin").is_file():
        raise ModelError(f"{source} is in CTranslate2's format already.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ModelError(f"{target} exists already; name a new folder.")
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        convert_checkpoint(
            source,
            part,
            quantization,
            max_prompt_tokens=entry.max_prompt_tokens,
            language_first=entry.language_first,
        )
        AutoTokenizer.from_pretrained(source).save_pretrained(str(part))
        (part / "model.toml").write_text(_toml(table), encoding="utf-8")
        write_checksums(part)
        if target.exists():
            target.rmdir()
        part.rename(target)
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0]
        raise ModelError(
            f"{name} cannot be converted from {source} ({reason}); check the model, the network if it is a hub "
            f"model, and the space and permissions in {target.parent}."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def convert_checkpoint(
    source: str,
    target: Path,
    quantization: str = "int8",
    *,
    max_prompt_tokens: int | None = None,
    language_first: bool = False,
) -> None:
    """Convert a local checkpoint or hub id.

    Args:
        source: a transformers folder or hub id.
        target: folder to write; replaced when it exists.
        quantization: CTranslate2's name of the weight type.
        max_prompt_tokens: the longest prompt that the model will be given; None when the caller made sure.
        language_first: as in ``ModelEntry``.

    Raises:
        ModelError: the converted model would not answer as the original does.
    """
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        """The library's converter, mended where transformers 5 moved what it reads."""

        def load_model(self, model_class: type, name: str, **options: Any) -> Any:
            self.model = super().load_model(model_class, name, use_safetensors=True, **options)
            config = self.model.config
            # transformers 5 forces tie_word_embeddings to True for T5 and moved its old meaning (scale the
            # decoder output by d_model**-0.5) to scale_decoder_outputs; the converter still reads the former.
            if config.model_type in ("t5", "mt5") and hasattr(config, "scale_decoder_outputs"):
                config.tie_word_embeddings = config.scale_decoder_outputs
            # Every mBART normalizes before its layers and after its embeddings; newer files no longer say so.
            if config.model_type == "mbart":
                config.normalize_before = config.normalize_embedding = True
            # Beyond the window CTranslate2 mixes the prompts of a batch: one answer appears in another's place.
            window = getattr(config, "sliding_window", None)
            if window and max_prompt_tokens and max_prompt_tokens + OUTPUT_ROOM > window:
                raise ModelError(
                    f"CTranslate2 cannot read prompts beyond the model's attention window of {window} tokens: set "
                    f"max_prompt_tokens in its model.toml to at most {window - OUTPUT_ROOM}, or use the "
                    "transformers backend."
                )
            return self.model

        def load_tokenizer(self, tokenizer_class: type, name: str, **options: Any) -> Any:
            tokenizer = super().load_tokenizer(tokenizer_class, name, **options)
            if getattr(tokenizer, "separate_vocabs", False):
                raise ModelError(
                    f"{name} has two vocabularies, which CTranslate2 cannot convert; use transformers."
                )
            # M2M100's tokenizer knows its language tokens but no longer lists them.
            languages = getattr(tokenizer, "lang_token_to_id", {})
            if languages:
                vocabulary = {**tokenizer.get_vocab(), **languages}
                tokenizer.get_vocab = lambda: vocabulary
            self.tokenizer = tokenizer
            return tokenizer

        def _load(self) -> Any:
            spec = super()._load()
            config = self.model.config
            compact_cache(spec, config)
            if getattr(spec.config, "bos_token", "") is None:
                begin = config.eos_token_id if config.bos_token_id is None else config.bos_token_id
                spec.config.bos_token = self.tokenizer.convert_ids_to_tokens(begin)
            # mBART-25 starts its output with a language, which the prompt names; mBART-50 with </s>.
            if config.model_type == "mbart":
                ends = (config.bos_token_id, config.eos_token_id, config.pad_token_id)
                start = config.decoder_start_token_id
                ordinary = start in ends and not language_first
                spec.config.decoder_start_token = spec.config.eos_token if ordinary else None
            return spec

    Converter(source).convert(str(target), quantization=quantization, force=True)


def convert_shipped(folder: Path, target: Path, quantization: str = "int8") -> None:
    """Convert a shipped folder; its int8 rows come out as they went in."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{target.name}.hf-") as checkpoint:
        load_shipped(folder).save_pretrained(checkpoint)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(folder / name, checkpoint)
        convert_checkpoint(checkpoint, target, quantization)


def _toml(table: Mapping[str, Any]) -> str:
    """A model's table as TOML; JSON's strings, numbers and lists of strings are TOML too."""
    plain = {k: v for k, v in table.items() if not isinstance(v, Mapping) and k not in ("source", "shipped")}
    lines = [_line(k, v) for k, v in plain.items()]
    for task, settings in table.items():
        if isinstance(settings, Mapping):
            lines += [f"[{task}]", *(_line(k, v) for k, v in settings.items() if not isinstance(v, Mapping))]
            for name, values in settings.items():
                if isinstance(values, Mapping):
                    lines += [f"[{task}.{name}]", *(_line(k, v) for k, v in values.items())]
    return "\n".join(lines) + "\n"


def _line(key: str, value: Any) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
