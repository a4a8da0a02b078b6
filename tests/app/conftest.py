"""Fixtures for the page's tests."""

import pytest

from app.page_script import ARTICLE, PageEngine, scripted_pipeline
from ntmsum.pipeline import Pipeline


@pytest.fixture
def engine() -> PageEngine:
    return PageEngine()


@pytest.fixture
def stub(engine) -> Pipeline:
    return scripted_pipeline(engine)


@pytest.fixture
def article() -> str:
    return ARTICLE


@pytest.fixture
def report(stub):
    return stub(ARTICLE)
