"""The languages that a multilingual model may translate into: codes, names, scripts, and each family's tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ntmsum.tables import load_csv

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class TargetLanguage:
    """One row of ``languages.csv``.

    Args:
        code: ISO 639 code, as ``--to`` takes it.
        name: its English name.
        script: ISO 15924 code of the script that translations are written in.
        tokens: the language token by family of models ("m2m100", "nllb", "mbart50"), where the family has it.
    """

    code: str
    name: str
    script: str
    tokens: Mapping[str, str]

    @property
    def latin(self) -> bool:
        """Whether names keep their Latin letters in it."""
        return self.script == "Latn"


@cache
def target_languages() -> Mapping[str, TargetLanguage]:
    """Every language by its code; a pure constant, read once."""
    families = ("m2m100", "nllb", "mbart50")
    return {
        row["code"]: TargetLanguage(
            row["code"], row["name"], row["script"], {f: row[f] for f in families if row[f]}
        )
        for row in load_csv("ntmsum", "languages.csv")
    }


def target_language(code: str) -> TargetLanguage:
    """The language of a code; one that is in no table is taken to be in a script that cannot be read."""
    return target_languages().get(code) or TargetLanguage(code, code, "", {})
