"""What the page says, in Vietnamese and English, and how a change of language reaches every component."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from ntmsum.alerts import Language
from ntmsum.tables import load_toml


def message(key: str, language: Language, **values: object) -> str:
    """The message of ``messages.toml`` with this key, its blanks filled in."""
    template: str = _messages()[key][language]
    return template.format(**values).strip()


def kind_name(kind: str, language: Language) -> str:
    """What an alert's kind is called; one that this page does not know keeps its own name."""
    known = _messages().get(f"kind_{kind}")
    return known[language] if known else kind.replace("_", " ")


def decimal(value: float, language: Language) -> str:
    """A number with one decimal, as the language writes it."""
    text = f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def in_language(sentence: str, language: Language) -> str:
    """A sentence of another module, which speaks English, in the page's language where it is known."""
    if language == "vi":
        for pattern, vietnamese in _sentences():
            if found := re.match(pattern, sentence):
                return vietnamese.format(*found.groups())
    return sentence


@cache
def _sentences() -> list[tuple[str, str]]:
    return [(entry["en"], entry["vi"]) for entry in load_toml(__package__, "vietnamese.toml")["sentence"]]


@cache
def _messages() -> dict[str, dict[str, str]]:
    return load_toml(__package__, "messages.toml")


class Captions:
    """Which words stand on which component.

    Args:
        language: what the page is first built in.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._entries: list[tuple[Any, Callable[[Language], dict[str, Any]]]] = []

    def add(self, component: Any, **keys: str) -> Any:
        """Caption a component: each keyword is a property of it, each value a message key."""
        return self.add_made(
            component, lambda language: {p: message(key, language) for p, key in keys.items()}
        )

    def add_made(self, component: Any, make: Callable[[Language], dict[str, Any]]) -> Any:
        """Caption a component with properties that ``make`` makes for a language."""
        for name, value in make(self.language).items():
            setattr(component, name, value)
        self._entries.append((component, make))
        return component

    @property
    def components(self) -> list[Any]:
        """Everything that has words on it, in the order of ``updates``."""
        return [component for component, _ in self._entries]

    def updates(self, language: Language) -> list[Any]:
        """One gradio update per component."""
        import gradio as gr  # here, so that the words can be had without it

        return [gr.update(**make(language)) for _, make in self._entries]
