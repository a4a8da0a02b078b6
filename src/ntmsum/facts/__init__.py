"""What a text claims in figures, as comparable values, in Vietnamese and English."""

from ntmsum.facts.extract import extract_facts
from ntmsum.facts.fact import Fact, Kind, Lang
from ntmsum.facts.format import format_en, format_vi
from ntmsum.facts.match import Matching, Pair, match_facts

__all__ = [
    "Fact",
    "Kind",
    "Lang",
    "Matching",
    "Pair",
    "extract_facts",
    "format_en",
    "format_vi",
    "match_facts",
]
