"""A recipe file: one TOML table per step, read into the step's configuration with errors that name the key."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from ntmsum.errors import DataError
from ntmsum.tables import TOMLError, parse_toml

Config = TypeVar("Config")


def load_recipe(path: str | Path) -> Mapping[str, Mapping[str, Any]]:
    """The tables of a recipe file.

    Raises:
        DataError: it is missing or no valid TOML.
    """
    try:
        return parse_toml(Path(path).read_text(encoding="utf-8"))
    except (OSError, TOMLError, UnicodeDecodeError) as error:
        raise DataError(f"The recipe {path} cannot be read ({error}).") from error


def configure(kind: type[Config], table: Mapping[str, Any], where: str = "recipe") -> Config:
    """A configuration dataclass from a TOML table.

    Lists become tuples, tables nested dataclasses, and date-times seconds since the epoch.

    Raises:
        DataError: a key is unknown, missing, or of the wrong type; it is named.
    """
    hints = typing.get_type_hints(kind)
    unknown = sorted(set(table) - set(hints))
    if unknown:
        raise DataError(f"{where}: unknown key {unknown[0]!r}; known keys are {', '.join(hints)}.")
    values = {key: _value(hints[key], value, f"{where}.{key}") for key, value in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise DataError(f"{where}: {error}.") from error


def _value(hint: Any, value: Any, where: str) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        origin = typing.get_origin(option)
        if origin is tuple and isinstance(value, list):
            inner = typing.get_args(option)[0]
            return tuple(_value(inner, item, f"{where}[{index}]") for index, item in enumerate(value))
        if origin is typing.Literal and value in typing.get_args(option):
            return value
        if dataclasses.is_dataclass(option) and isinstance(option, type) and isinstance(value, Mapping):
            return configure(option, value, where)
        if option is float and isinstance(value, datetime):
            return value.timestamp()
        if option is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if isinstance(option, type) and type(value) is option:
            return value
    raise DataError(f"{where}: {value!r} is not what is expected here ({hint}).")
