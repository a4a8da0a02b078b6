"""What a system wrote, kept the moment it is there: an interrupted run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ntmsum.batch.ledger import SUFFIX, Ledger, Result, result_key
from ntmsum.engines.store import CACHE_VARIABLE, cache_folder
from ntmsum.errors import CacheError

Row: TypeAlias = dict[str, Any]
Produce: TypeAlias = Callable[[list[str]], Iterable[Row]]

# Rooms of the package that no output depends on.
_DOORS = {"app", "batch", "evaluation", "training", "cli.py", "printing.py", "__main__.py"}


class Outputs:
    """A folder of outputs, each kept under everything that it depends on.

    That is the system's signature, the code that runs it, the task and the text: a changed system gets files of
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
        """One output per text; only those that are not kept yet are made.

        Args:
            signature: of the system, as ``Pipeline.signature``.
            task: what is done, with its options.
            texts: the inputs.
            produce: yields one JSON object per text that it is given, in order; each is kept at once.

        Returns:
            The outputs in the order of the texts, and how many of them were kept from before.

        Raises:
            CacheError: the folder cannot be written.
            DataError: another run of the same system is writing the file, or it is damaged.
        """
        signature = f"{signature} | code {code_hash()} | {task}"
        keys = [result_key(signature, text) for text in texts]
        with Ledger(self._file(signature)) as ledger:
            wanted = {key: text for key, text in zip(keys, texts, strict=True) if key not in ledger}
            reused = sum(key not in wanted for key in keys)
            # Texts of similar length are decoded together, so let them stand together.
            missing = dict(sorted(wanted.items(), key=lambda item: (-len(item[1]), item[1])))
            if missing:
                for key, row in zip(missing, produce(list(missing.values())), strict=True):
                    ledger.put([Result(key, json.dumps(row, ensure_ascii=False))])
            return [json.loads(ledger.get(key).body) for key in keys], reused

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
