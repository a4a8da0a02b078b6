"""Reading the package's small tables: rules and word lists live in TOML and CSV, not in code."""

from __future__ import annotations

import csv
import sys
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:  # the same parser under its earlier name
    import tomli as tomllib


def load_toml(name: str) -> dict[str, Any]:
    """The TOML table ``name`` of this package."""
    return tomllib.loads(_read(name))


def load_csv(name: str) -> list[dict[str, str]]:
    """The rows of the CSV table ``name`` of this package, keyed by its header."""
    return list(csv.DictReader(_read(name).splitlines()))


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
