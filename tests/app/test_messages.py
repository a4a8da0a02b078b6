import re
from pathlib import Path
from string import Formatter

import pytest

import ntmsum.app
from ntmsum.tables import load_toml

MESSAGES = load_toml("ntmsum.app", "messages.toml")
SOURCES = "\n".join(p.read_text(encoding="utf-8") for p in Path(ntmsum.app.__file__).parent.glob("*.py"))
SEVERITIES = ("error", "warning", "info")


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_is_there_in_both_languages_with_the_same_blanks(key):
    assert set(MESSAGES[key]) == {"vi", "en"}
    assert blanks(MESSAGES[key]["vi"]) == blanks(MESSAGES[key]["en"])


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_is_used(key):
    # Some keys are put together: f"kind_{alert.kind}".
    stem = key.rpartition("_")[0]
    assert re.search(rf"[\"']{key}[\"']|f[\"']{stem}_{{", SOURCES) or key in SEVERITIES
