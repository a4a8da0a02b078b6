"""Reading the package's small tables: rules, words and terms live in TOML and CSV, not in code."""

from __future__ import annotations

import csv
import sys
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:  # the same parser under its earlier name
    import tomli as tomllib

TOMLError = tomllib.TOMLDecodeError
parse_toml = tomllib.loads


def load_toml(package: str, name: str) -> dict[str, Any]:
    """The TOML table ``name`` that lies in ``package``."""
    return tomllib.loads(load_text(package, name))


def load_csv(package: str, name: str) -> list[dict[str, str]]:
    """The rows of the CSV table ``name`` that lies in ``package``, keyed by its header."""
    return list(csv.DictReader(load_text(package, name).splitlines()))


def load_text(package: str, name: str) -> str:
    """The text file ``name`` that lies in ``package``."""
    return files(package).joinpath(name).read_text(encoding="utf-8")
