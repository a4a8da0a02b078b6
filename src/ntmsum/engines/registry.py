"""Model names → where the weights are and how the model wants to be asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ntmsum.engines.base import Prompt
from ntmsum.engines.weights import SHARDS
from ntmsum.errors import ModelError
from ntmsum.languages import ENGLISH, target_languages
from ntmsum.tables import TOMLError, load_toml, parse_toml

Task = Literal["summarize", "translate"]
MODELS_VARIABLE = "NTMSUM_MODELS"


@dataclass(frozen=True, slots=True)
class PromptFormat:
    """How one model is asked to do one task; the fields are those of ``models.toml``."""

    text_prefix: str = ""
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    target_prefix: tuple[str, ...] = ()
    output_prefix: str = ""
    lengths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)

    def prompt(self, text: str, length: str | None = None) -> Prompt:
        """The prompt for ``text``; ``length`` adds the model's length tokens where it has them."""
        return Prompt(
            text=self.text_prefix + text,
            prefix=self.prefix + self.lengths.get(length or "", ()),
            suffix=self.suffix,
            target_prefix=self.target_prefix,
            controls=self.hints,
        )

    def clean(self, output: str) -> str:
        """The output without the marker that some models write first (envit5's ``en: ``)."""
        return output.removeprefix(self.output_prefix).strip()


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One line of the registry.

    Args:
        name: what the user calls it.
        source: a local folder, or a hub id.
        shipped: whether the weights are in the project's own format, as those below ``models/`` are.
        architecture: "causal" (decoder-only) or "seq2seq".
        tasks: prompt format by task.
        max_prompt_tokens: hard input limit, fixed tokens included.
        read_tokens: how many tokens of an article a summary reads at most.
        tones: tone-mark placement that the model was trained on.
        expand: whether abbreviations are written out for it.
        language_first: whether outputs start with the forced language alone, without a start token.
        last_resort: whether it words a summary only where no sentence of the article fits the length asked,
            because what it makes up costs more than its brevity brings.
        end_token: output end when the model's configuration does not say.
        languages, licence: for the user's eyes.
    """

    name: str
    source: str
    architecture: Literal["causal", "seq2seq"]
    tasks: Mapping[str, PromptFormat]
    max_prompt_tokens: int
    read_tokens: int
    shipped: bool = False
    tones: Literal["old", "new"] = "old"
    expand: bool = False
    end_token: str | None = None
    language_first: bool = False
    last_resort: bool = False
    languages: tuple[str, ...] = ("vi",)
    licence: str = "not stated"

    @property
    def folder(self) -> Path | None:
        """The local folder, or None for a hub model."""
        path = models_folder() / self.source if self.shipped else Path(self.source)
        return path if self.shipped or path.is_dir() else None

    @property
    def fixed_tokens(self) -> set[str]:
        """Every token string that the prompt formats name; the tokenizer must know them."""
        return {
            token
            for ask in self.tasks.values()
            for group in (ask.prefix, ask.suffix, ask.target_prefix, ask.hints, *ask.lengths.values())
            for token in group
        }

    @property
    def targets(self) -> Mapping[str, str]:
        """The languages that it may be asked to translate into, with their tokens; empty where there is no choice."""
        return self.tasks["translate"].targets if "translate" in self.tasks else {}

    def format(self, task: Task) -> PromptFormat:
        """The prompt format for a task.

        Raises:
            ModelError: the model is not made for it.
        """
        if task not in self.tasks:
            able = " and ".join(self.tasks)
            raise ModelError(f"The model {self.name} cannot {task}; it can {able}. See `ntmsum models`.")
        return self.tasks[task]

    def into(self, language: str) -> ModelEntry:
        """The entry that translates into a language: English, or one of the model's ``targets``.

        Raises:
            ModelError: the model has no such target; the message names those it has.
        """
        ask = self.format("translate")
        if language == ENGLISH and ENGLISH not in ask.targets:
            return self
        if language not in ask.targets:
            has = ", ".join(ask.targets) or f"{ENGLISH} only"
            others = [m.name for m in known_models().values() if language in m.targets]
            remedy = f" Take one that has it: {', '.join(others)}." if others else ""
            raise ModelError(
                f"The model {self.name} does not translate into {language!r}; it has: {has}.{remedy}"
            )
        asked = replace(ask, target_prefix=(ask.targets[language],))
        return replace(self, tasks={**self.tasks, "translate": asked})


def models_folder() -> Path:
    """Where shipped weights lie: ``$NTMSUM_MODELS``, else ``models/`` of the checkout."""
    chosen = os.environ.get(MODELS_VARIABLE)
    return Path(chosen) if chosen else Path(__file__).resolve().parents[3] / "models"


def known_models() -> dict[str, ModelEntry]:
    """Every model known by name, shipped ones first."""
    return {name: _entry(name, table) for name, table in load_toml(__package__, "models.toml").items()}


def find_model(name: str, task: Task) -> ModelEntry:
    """The entry of a registered name, or of a local folder with a ``model.toml``.

    Raises:
        ModelError: no such name or folder, or the model is not made for the task.
    """
    entry, _ = find_table(name)
    entry.format(task)
    return entry


def find_table(name: str) -> tuple[ModelEntry, Mapping[str, Any]]:
    """The entry of a name or folder, and the table it was read from.

    Raises:
        ModelError: no such name or folder.
    """
    known = load_toml(__package__, "models.toml")
    if name in known:
        return _entry(name, known[name]), known[name]
    if (Path(name) / "model.toml").is_file():
        return _read_folder(Path(name))
    if Path(name).is_dir():
        raise ModelError(f"{name} has no model.toml that says how the model is asked; see docs/models.md.")
    raise ModelError(f"There is no model called {name!r}; the known ones are: {', '.join(known)}.")


def _read_folder(folder: Path) -> tuple[ModelEntry, Mapping[str, Any]]:
    try:
        table = parse_toml((folder / "model.toml").read_text(encoding="utf-8"))
        if any(folder.glob(SHARDS)):
            return _entry(folder.name, {"source": str(folder.resolve()), "shipped": True, **table}), table
        return _entry(folder.name, {"source": str(folder), **table}), table
    except (TOMLError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / 'model.toml'} cannot be read: {error}; see docs/models.md.") from error


def _entry(name: str, table: Mapping[str, Any]) -> ModelEntry:
    limit = int(table["max_prompt_tokens"])
    return ModelEntry(
        name=name,
        source=table["source"],
        architecture=table["architecture"],
        tasks={t: _format(table[t]) for t in ("summarize", "translate") if t in table},
        max_prompt_tokens=limit,
        read_tokens=int(table.get("read_tokens", limit)),
        shipped=bool(table.get("shipped", False)),
        tones=table.get("tones", "old"),
        expand=bool(table.get("expand", False)),
        end_token=table.get("end_token"),
        language_first=bool(table.get("language_first", False)),
        last_resort=bool(table.get("last_resort", False)),
        languages=tuple(table.get("languages", ("vi",))),
        licence=table.get("licence", "not stated"),
    )


def _format(table: Mapping[str, Any]) -> PromptFormat:
    return PromptFormat(
        text_prefix=table.get("text_prefix", ""),
        prefix=tuple(table.get("prefix", ())),
        suffix=tuple(table.get("suffix", ())),
        target_prefix=tuple(table.get("target_prefix", ())),
        output_prefix=table.get("output_prefix", ""),
        lengths={name: tuple(tokens) for name, tokens in table.get("lengths", {}).items()},
        hints=tuple(table.get("hints", ())),
        targets=_target_tokens(table.get("targets", {})),
    )


def _target_tokens(targets: str | Mapping[str, str]) -> Mapping[str, str]:
    """Language code → token, from a table of its own or the name of a family of models."""
    if not isinstance(targets, str):
        return dict(targets)
    found = {code: t.tokens[targets] for code, t in target_languages().items() if targets in t.tokens}
    if not found:
        raise KeyError(f"targets = {targets!r} is no family of models")
    return found
