"""Checked English summaries of Vietnamese regional news, offline."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntmsum.article import Article
    from ntmsum.glossary import Glossary
    from ntmsum.pipeline import Pipeline, load_pipeline
    from ntmsum.report import Report

__all__ = ["Article", "Glossary", "Pipeline", "Report", "load_pipeline"]

_HOMES = {
    "Article": "article",
    "Glossary": "glossary",
    "Pipeline": "pipeline",
    "Report": "report",
    "load_pipeline": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Public names load on first use, so that importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ntmsum' has no attribute {name!r}")
    return getattr(import_module(f"ntmsum.{_HOMES[name]}"), name)
