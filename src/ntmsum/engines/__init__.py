"""Text-to-text engines behind one protocol; the heavy libraries load only when a model does."""

from ntmsum.engines.base import Completion, Decoding, Engine, Hypothesis, Prompt
from ntmsum.engines.loading import load_engine
from ntmsum.engines.registry import ModelEntry, find_model, known_models

__all__ = [
    "Completion",
    "Decoding",
    "Engine",
    "Hypothesis",
    "ModelEntry",
    "Prompt",
    "find_model",
    "known_models",
    "load_engine",
]
