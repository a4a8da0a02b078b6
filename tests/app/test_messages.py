import re
from pathlib import Path
from string import Formatter

import pytest

import ntmsum.app
from ntmsum.app.messages import in_language
from ntmsum.tables import load_toml

MESSAGES = load_toml("ntmsum.app", "messages.toml")
SOURCES = "\n".join(p.read_text(encoding="utf-8") for p in Path(ntmsum.app.__file__).parent.glob("*.py"))
SOURCE = Path(ntmsum.app.__file__).parents[1]
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


ENGLISH = "\n".join(
    p.read_text(encoding="utf-8").replace('"\n            "', "") for p in SOURCE.rglob("*.py")
)


@pytest.mark.parametrize(
    "entry", load_toml("ntmsum.app", "vietnamese.toml")["sentence"], ids=lambda e: e["en"]
)
def test_every_translated_sentence_is_one_that_is_said(entry):
    # The longest plain stretch of the pattern stands in a message of the code.
    stretch = max(re.split(r"\(\?:|\([^()]*\)\??|\\.|\[[^]]*\]\+?", entry["en"]), key=len).strip(" ;")
    assert stretch in ENGLISH
    assert blanks_of(entry["vi"]) <= re.compile(entry["en"]).groups


def blanks_of(text):
    return len(blanks(text))


def test_a_sentence_of_another_module_is_said_in_vietnamese():
    said = in_language("The text is 2,000,000 bytes long and the limit is 1,000,000: paste one.", "vi")
    assert said == "Văn bản dài 2,000,000 byte, vượt mức 1,000,000 byte: mỗi lần chỉ dán một bài."
    assert in_language("Something new.", "vi") == "Something new."
    assert in_language("The text is empty", "en") == "The text is empty"
