"""What an operator can set, by environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ntmsum.engines.store import cache_folder
from ntmsum.errors import NtmsumError


class SettingsError(NtmsumError):
    """An environment variable holds what it must not."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the page is served; each field is set by ``NTMSUM_<FIELD>`` (docs/app.md lists them).

    Args:
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        login: ``user:password`` that visitors must give; empty asks for none.
        max_upload: largest file with an article or terms, in bytes.
        max_batch: largest file with the articles of a batch, in bytes.
        batch_rows: most articles of a batch.
        batches: how many batches may run and wait.
        keep: hours after which a batch is deleted.
        batch_folder: where batches lie; empty takes the user's cache folder.
        queue: how many visitors may be served and wait; later ones are told that it is busy.
        grace: seconds that running work may take to finish at shutdown.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    login: str = ""
    max_upload: int = 5_000_000
    max_batch: int = 50_000_000
    batch_rows: int = 2_000
    batches: int = 20
    keep: int = 48
    batch_folder: str = ""
    queue: int = 64
    grace: int = 30

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The defaults, overridden by what the environment says.

        Raises:
            SettingsError: a number is none or out of range, or the login has no colon.
        """
        given = os.environ if environment is None else environment
        values: dict[str, str | int] = {}
        for field in fields(cls):
            name = f"NTMSUM_{field.name.upper()}"
            if name in given:
                values[field.name] = (
                    _number(name, given[name]) if field.type == "int" else given[name].strip()
                )
        settings = cls(**values)  # type: ignore[arg-type]
        if settings.login and ":" not in settings.login.strip(":"):
            raise SettingsError("NTMSUM_LOGIN must read user:password, both at least one character long.")
        if settings.port > 65_535:
            raise SettingsError("NTMSUM_PORT must lie between 0 and 65535.")
        return settings

    @property
    def batch_path(self) -> Path:
        """Where batches lie."""
        return Path(self.batch_folder) if self.batch_folder else cache_folder() / "batches"

    @property
    def account(self) -> tuple[str, str] | None:
        """User and password, or None when no login is asked for."""
        user, _, password = self.login.partition(":")
        return (user, password) if self.login else None


def _number(name: str, text: str) -> int:
    if not text.strip().isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)
