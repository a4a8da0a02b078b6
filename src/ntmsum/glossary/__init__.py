"""Official terms: finding them in Vietnamese, asking a model for their rendering, checking and mending it."""

from ntmsum.glossary.adherence import TermUse, check_official, check_terms
from ntmsum.glossary.hints import render_hint
from ntmsum.glossary.matching import TermMatch
from ntmsum.glossary.repair import replace_term
from ntmsum.glossary.term import Term
from ntmsum.glossary.terms import Glossary

__all__ = [
    "Glossary",
    "Term",
    "TermMatch",
    "TermUse",
    "check_official",
    "check_terms",
    "render_hint",
    "replace_term",
]
