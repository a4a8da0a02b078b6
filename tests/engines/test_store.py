"""Shipped weights: verified, converted once, and never half."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ntmsum.engines import load_engine, store
from ntmsum.errors import CacheError, ModelError


@pytest.fixture
def copy(tiny_gemma, tmp_path) -> Path:
    return Path(shutil.copytree(tiny_gemma, tmp_path / "tiny"))


def write_marker(target: Path) -> None:
    (target / "model.bin").write_text("converted")


def test_an_intact_folder_verifies(copy):
    assert store.verify(copy) == store.model_hash(copy)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda f: (f / "weights-0.safetensors").unlink(), "is missing"),
        (lambda f: os.truncate(f / "weights-0.safetensors", 100), "truncated or altered"),
        (lambda f: (f / "config.json").write_text("{}"), "truncated or altered"),
        (lambda f: (f / "SHA256SUMS").unlink(), "has no SHA256SUMS"),
        (lambda f: (f / "SHA256SUMS").write_text(""), "lists no files"),
        (shutil.rmtree, "is missing"),
    ],
)
def test_damage_is_named_with_its_remedy(copy, damage, says):
    damage(copy)
    with pytest.raises(ModelError, match=says) as caught:
        store.verify(copy)
    assert "git checkout" in str(caught.value)


def test_conversion_happens_once(copy, tmp_path, monkeypatch):
    monkeypatch.setenv("NTMSUM_CACHE", str(tmp_path / "cache"))
    first = store.converted(copy, "v1", write_marker)
    assert (first / "model.bin").read_text() == "converted"
    assert store.converted(copy, "v1", lambda target: pytest.fail("converted twice")) == first
    assert store.converted(copy, "v2", write_marker) != first


def test_a_failed_conversion_leaves_nothing_and_can_be_repeated(copy, tmp_path, monkeypatch):
    monkeypatch.setenv("NTMSUM_CACHE", str(tmp_path / "cache"))

    def fail(target: Path) -> None:
        write_marker(target)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.converted(copy, "v1", fail)
    assert [p.name for p in (tmp_path / "cache" / "models").iterdir() if p.is_dir()] == []
    assert store.converted(copy, "v1", write_marker).is_dir()


def test_what_a_killed_process_left_is_removed(copy, tmp_path, monkeypatch):
    monkeypatch.setenv("NTMSUM_CACHE", str(tmp_path / "cache"))
    target = store.converted(copy, "v1", write_marker)
    stale = target.with_name(target.name + ".part-dead")
    target.rename(stale)
    assert store.converted(copy, "v1", write_marker) == target
    assert not stale.exists()


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
    ],
)
def test_an_unusable_cache_is_explained(copy, tmp_path, monkeypatch, number, says):
    monkeypatch.setenv("NTMSUM_CACHE", str(tmp_path / "cache"))

    def refuse(target: Path) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(CacheError, match=says) as caught:
        store.converted(copy, "v1", refuse)
    assert "NTMSUM_CACHE" in str(caught.value)


def test_a_cache_below_a_file_is_explained(copy, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NTMSUM_CACHE", str(tmp_path / "file"))
    with pytest.raises(CacheError, match="cannot be used"):
        store.converted(copy, "v1", write_marker)


PROCESS = """
import sys, time
from pathlib import Path
from ntmsum.engines import store

def convert(target):
    (target / "begun").write_text("")
    time.sleep(0.5)
    with open(sys.argv[2], "a") as log:
        log.write("converted\\n")

print(store.converted(Path(sys.argv[1]), "v1", convert))
"""


def test_two_processes_at_once_convert_once(copy, tmp_path):
    environment = {**os.environ, "NTMSUM_CACHE": str(tmp_path / "cache")}
    log = tmp_path / "log"
    command = [sys.executable, "-c", PROCESS, str(copy), str(log)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    outputs = {process.communicate(timeout=60)[0] for process in running}
    assert len(outputs) == 1
    assert log.read_text() == "converted\n"


def test_int8_shards_round_trip(tiny_gemma, tmp_path):
    import torch

    from ntmsum.engines.weights import read_shards, write_shards

    state = read_shards(tiny_gemma)
    paths = write_shards(state, tmp_path, 20_000)
    assert len(paths) > 1
    again = read_shards(tmp_path)
    assert again.keys() == state.keys()
    assert all(torch.allclose(again[k], state[k], atol=1e-6) for k in state)


def test_the_engine_names_its_weights(tiny_entry, tiny_gemma):
    assert store.model_hash(tiny_gemma)[:12] in load_engine(tiny_entry).signature
