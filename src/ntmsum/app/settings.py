"""What an operator can set, by environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

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
        max_upload: largest request or dropped file, in bytes.
        queue: how many visitors may wait for the model; later ones are told that it is busy.
        grace: seconds that running work may take to finish at shutdown.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    login: str = ""
    max_upload: int = 5_000_000
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
    def account(self) -> tuple[str, str] | None:
        """User and password, or None when no login is asked for."""
        user, _, password = self.login.partition(":")
        return (user, password) if self.login else None


def _number(name: str, text: str) -> int:
    if not text.strip().isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)
