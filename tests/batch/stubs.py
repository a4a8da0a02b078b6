"""The real pipeline over scripted engines, as spawned workers can load it."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from pathlib import Path

from ntmsum.checks import Checker
from ntmsum.errors import ModelError
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator
from scripted import ENTRY, ScriptedEngine

PLACES = ("Tân Lập", "Mỹ Hòa", "Nậm Păm", "Bình Thuận", "Ea Tul", "Phú Thịnh", "Vĩnh Lợi", "Hương Sơn")


def article(number: int) -> str:
    """A short piece of news, different for every number."""
    place = PLACES[number % len(PLACES)]
    more = f" Xã còn {number % 7 + 2} hộ nghèo và sẽ hỗ trợ vốn vay cho các hộ này." * (number % 3)
    return (
        f"Xã {place} đã bê tông hóa {number + 3} km đường liên thôn trong năm qua. "
        f"Bà con góp {number % 50 + 5} ngày công và hiến đất để mở rộng mặt đường.{more}"
    )


def load(log: str = "", delay: float = 0.0, version: str = "1", faults: bool = True) -> Pipeline:
    """A pipeline without models.

    Args:
        log: file to which every processed article is appended, a line each.
        delay: seconds that an article takes.
        version: becomes part of the signature.
        faults: whether an article with KILL or CRASH in it kills its worker or raises.
    """
    engine = ScriptedEngine(
        lambda text, _: [text.split(". ")[0] + "."],
        lambda text, _: ["The commune paved its village roads."],
    )
    engine.signature = f"scripted {version}"
    engine.prompts = deque(maxlen=0)  # nothing is remembered, so that memory can be measured

    def read(text):
        if log:
            with Path(log).open("a", encoding="utf-8") as stream:
                stream.write(repr(text) + "\n")
        if faults and "KILL" in str(text):
            os.kill(os.getpid(), signal.SIGKILL)
        if faults and "CRASH" in str(text):
            raise RuntimeError("the engine broke")
        time.sleep(delay)
        return normalize(text)

    glossary = Glossary(())
    return Pipeline(read, Summarizer(engine, ENTRY), Translator(engine, ENTRY, glossary), Checker(glossary))


def fickle(log: str) -> Pipeline:
    """Another signature every time it is loaded, as on nodes that differ."""
    with Path(log).open("a", encoding="utf-8") as stream:
        stream.write("loaded\n")
    return load(version=str(len(Path(log).read_text(encoding="utf-8").splitlines())))


def fatal() -> Pipeline:
    """Any article takes the process with it that its worker belongs to: on a cluster, the actor."""

    def read(_):
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)

    whole = load()
    return Pipeline(read, whole.summarizer, whole.translator, whole.checker)


def unloadable() -> Pipeline:
    """What a model with missing weights does."""
    raise ModelError("The model file weights-0 is missing.")


def too_large() -> Pipeline:
    """What a model does that the kernel kills for its memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def load_for_command(summarizer, translator, glossary, backend, device, to) -> Pipeline:
    """In place of the command's loader."""
    return load()
