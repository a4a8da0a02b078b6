"""Fixtures for the page's tests."""

import pytest

from app.page_script import ARTICLE, PageEngine, scripted_pipeline
from ntmsum.pipeline import Pipeline


@pytest.fixture(scope="session", autouse=True)
def batches_elsewhere(tmp_path_factory):
    """No test touches the batches of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTMSUM_BATCH_FOLDER", str(tmp_path_factory.mktemp("batches")))
        yield


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
