"""Conversion of transformers checkpoints to CTranslate2, with the corrections its converter needs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ntmsum.engines.weights import load_shipped


def convert_checkpoint(source: str, target: Path, quantization: str = "int8") -> None:
    """Convert a local checkpoint or hub id.

    Args:
        source: a transformers folder or hub id.
        target: folder to write; replaced when it exists.
        quantization: CTranslate2's name of the weight type.
    """
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: type, name: str, **options: object) -> object:
            model = super().load_model(model_class, name, **options)
            config = model.config
            # transformers 5 forces tie_word_embeddings to True for T5 and moved its old meaning (scale the
            # decoder output by d_model**-0.5) to scale_decoder_outputs; the converter still reads the former.
            if config.model_type in ("t5", "mt5") and hasattr(config, "scale_decoder_outputs"):
                config.tie_word_embeddings = config.scale_decoder_outputs
            return model

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
