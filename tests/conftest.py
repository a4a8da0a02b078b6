"""Fixtures that several test packages share."""

import os
from pathlib import Path

import pytest

# Before any test imports gradio or transformers: no test may reach the network.
os.environ.update(HF_HUB_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False", TOKENIZERS_PARALLELISM="false")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def examples() -> list[Path]:
    return sorted((ROOT / "examples").glob("*.txt"))


@pytest.fixture(scope="session")
def pipeline():
    """The shipped models, loaded once for all slow tests."""
    from ntmsum import load_pipeline

    return load_pipeline()
