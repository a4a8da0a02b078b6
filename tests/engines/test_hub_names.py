"""Registered names go through the hub's own code: a cache folder on disk stands for the network."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from engines import tiny
from ntmsum.engines import known_models

# Every hub model of the registry, and a small checkpoint in its published layout.
NAMES = {
    "vit5-base-vietnews": tiny.t5,
    "vit5-large-vietnews": tiny.t5,
    "envit5": tiny.t5,
    "vinai-vi2en-v2": partial(tiny.mbart25, start=2),
    "opus-mt-vi-en": tiny.marian,
    "nllb-600m": tiny.nllb,
    "m2m100-418m": tiny.m2m100,
    "mbart50-many": tiny.mbart50,
}
REVISION = "c0ffee" + "0" * 34
SCRIPT = """
import json, sys
from pathlib import Path
from ntmsum.engines import Decoding, known_models, load_engine
from ntmsum.engines.conversion import convert_model
from ntmsum.engines.registry import find_model

found = {}
for name in json.loads(sys.argv[1]):
    task = next(iter(known_models()[name].tasks))
    entry = find_model(name, task)
    prompt = entry.format(task).prompt("xã Tân Lập đạt chuẩn nông thôn mới")
    engine = load_engine(entry)
    target = Path(sys.argv[2]) / name
    convert_model(name, target, "float32")
    converted = load_engine(find_model(str(target), task))
    options = Decoding(max_tokens=8)
    answers = [e.generate([prompt], options)[0] for e in (engine, converted)]
    found[name] = {
        "signatures": [engine.signature, converted.signature],
        "texts": [a.best.text for a in answers],
        "tokens": [a.prompt_tokens for a in answers],
        "prompt": prompt.text,
    }
print(json.dumps(found))
"""


def put_into_cache(home: Path, hub_id: str, make) -> None:
    """Lay a checkpoint out as the hub's client keeps it."""
    folder = home / "hub" / f"models--{hub_id.replace('/', '--')}"
    snapshot = folder / "snapshots" / REVISION
    snapshot.mkdir(parents=True)
    make(snapshot)
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text(REVISION)


def test_every_hub_model_of_the_registry_is_here():
    assert {e.name for e in known_models().values() if not e.shipped} == NAMES.keys()


@pytest.mark.slow
def test_registered_names_load_convert_and_answer_alike(tmp_path):
    home = tmp_path / "home"
    for name, make in NAMES.items():
        put_into_cache(home, known_models()[name].source, make)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(list(NAMES)), str(tmp_path / "out")],
        env={**os.environ, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.keys() == NAMES.keys()
    for name, answer in found.items():
        assert answer["signatures"][0].endswith(f"{name} {REVISION[:12]}")
        assert answer["signatures"][1].startswith("ctranslate2")
        assert answer["texts"][0] == answer["texts"][1], name
        assert answer["tokens"][0] == answer["tokens"][1] > 5
    assert found["vit5-base-vietnews"]["prompt"].startswith("vietnews: ")
    assert found["envit5"]["prompt"].startswith("vi: ")
