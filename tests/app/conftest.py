"""Fixtures for the page's tests."""

import shutil

import pytest

from app.page_script import ARTICLE, PageEngine, ScriptedLoad, scripted_pipeline
from ntmsum.pipeline import Pipeline

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
# A busy machine is slow, not wrong: every wait ends with the state that is waited for.
PATIENCE = 30_000


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


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser: install one of {', '.join(BROWSERS)}")
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def script() -> PageEngine:
    return PageEngine()


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    """While this file exists, a batch waits before each article."""
    return tmp_path_factory.mktemp("gate") / "closed"


@pytest.fixture(scope="module")
def url(script, gate):
    from ntmsum.app import launch

    server = launch(port=0, block=False, load=ScriptedLoad(script, gate))
    yield server.url
    server.close()


@pytest.fixture
def context(browser, url, script):
    """A fresh visitor, kept from the outside; ends with what the visitor's browser asked for outside."""
    script.permits = None
    script.prompts.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    outside, errors = [], []

    def guard(route):
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    yield context
    context.close()
    assert outside == []
    assert errors == []


@pytest.fixture
def page(context, url):
    return visit(context, url)


@pytest.fixture
def another(browser, url):
    """Opens the page for one more visitor: a browser of one's own, since one browser's connections are few."""
    contexts = []

    def arrive():
        contexts.append(browser.new_context())
        contexts[-1].set_default_timeout(PATIENCE)
        return visit(contexts[-1], url)

    yield arrive
    for context in contexts:
        context.close()


def visit(context, url):
    """A page that answers: its script has run, its components are there."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("html[data-ready] #article textarea")
    return page
