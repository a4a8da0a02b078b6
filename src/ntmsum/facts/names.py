"""Names of persons, places and organizations, in Vietnamese articles and their English translations."""

from __future__ import annotations

from ntmsum.facts.fact import Lang
from ntmsum.facts.names_en import read_english
from ntmsum.facts.names_match import NameMatching, NamePair, match_names
from ntmsum.facts.names_type import Name, NameKind, fold_name
from ntmsum.facts.names_vi import read_vietnamese

__all__ = ["Name", "NameKind", "NameMatching", "NamePair", "extract_names", "fold_name", "match_names"]


def extract_names(text: str, lang: Lang) -> tuple[Name, ...]:
    """The names of a text in reading order, none overlapping.

    Precision comes first: what is only capitalized, or looks English, is marked uncertain; it may support
    a name elsewhere and is never reported as invented or missing.

    Args:
        text: Vietnamese or English, of any length, in any Unicode form; spans point into it.
        lang: "vi" or "en"; in English only names that look Vietnamese are certain.
    """
    return read_vietnamese(text) if lang == "vi" else read_english(text)
