"""What a system wrote, kept the moment it is there: an interrupted run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ntmsum.batch.ledger import SUFFIX, Ledger, Result, result_key
from ntmsum.engines.store import CACHE_VARIABLE, cache_folder
from ntmsum.errors import CacheError

Row: TypeAlias = dict[str, Any]
Produce: TypeAlias = Callable[[list[str]], list[Row]]

# Texts that are decoded together: as many long articles as fit into one batch of an engine, and no more, so that
# an interrupted run loses little.
GROUP = 7

# Rooms of the package that no output depends on.
_DOORS = {"app", "batch", "evaluation", "training", "cli.py", "printing.py", "__main__.py"}


class Outputs:
    """A folder of outputs, each kept under everything that it depends on.

    That is the system's signature, the code that runs it, the task and the texts: a changed system gets files of
    its own, and nothing that was computed is ever changed or taken out.

    Args:
        folder: where the files lie; None takes ``eval/`` of the user's cache.
        fresh: make every output anew and forget the one kept.
    """

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        self.folder = folder or cache_folder() / "eval"
        self._fresh = fresh

    def complete(
        self, signature: str, task: str, texts: Sequence[str], produce: Produce
    ) -> tuple[list[Row], int]:
        """One output per text; only groups of texts that are not kept yet are made.

        Texts of similar length are decoded together, and the same texts always in the same groups: a run that
        goes on equals one that was never interrupted, even where a tie falls differently in another batch.

        Args:
            signature: of the system, as ``Pipeline.signature``.
            task: what is done, with its options.
            texts: the inputs.
            produce: gives one JSON object per text of a group, in order; they are kept at once.

        Returns:
            The outputs in the order of the texts, and how many of them were kept from before.

        Raises:
            CacheError: the folder cannot be written.
            DataError: another run of the same system is writing the file, or it is damaged.
        """
        signature = f"{signature} | code {code_hash()} | {task}"
        ordered = sorted(set(texts), key=lambda text: (-len(text), text))
        made: dict[str, Row] = {}
        reused = 0
        with Ledger(self._file(signature)) as ledger:
            for start in range(0, len(ordered), GROUP):
                group = ordered[start : start + GROUP]
                key = result_key(signature, "\0".join(group))
                if key in ledger:
                    reused += len(group)
                else:
                    ledger.put([Result(key, json.dumps(produce(group), ensure_ascii=False))])
                made.update(zip(group, json.loads(ledger.get(key).body), strict=True))
        return [made[text] for text in texts], reused

    def _file(self, signature: str) -> Path:
        file = self.folder / f"{hashlib.sha256(signature.encode()).hexdigest()[:16]}{SUFFIX}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self._fresh:
                for path in self.folder.glob(f"{file.name}*"):
                    path.unlink()
        except OSError as error:
            raise CacheError(
                f"Outputs cannot be kept in {self.folder} ({error.strerror}); set {CACHE_VARIABLE} to a folder "
                "that you may write to."
            ) from error
        return file


def code_hash(package: Path | None = None) -> str:
    """Twelve digits of the SHA-256 over the code and tables that outputs depend on.

    Args:
        package: the package's folder; None takes the installed one.
    """
    package = package or Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if path.is_file() and name.parts[0] not in _DOORS and "__pycache__" not in name.parts:
            digest.update(f"{name.as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
