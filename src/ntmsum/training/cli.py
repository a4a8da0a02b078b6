"""``ntmsum train``: each step of the recipe as a command."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ntmsum.training.recipe import configure, load_recipe

app = typer.Typer(help="Make the models: each step reads its table of a recipe file.", no_args_is_help=True)

Recipe = Annotated[Path, typer.Argument(help="TOML file with one table per step; see docs/training.md.")]
Table = Annotated[str, typer.Option(help="Name of the table, when a recipe has several for one step.")]


def _run(recipe: Path, table: str, kind: type[Any], step: Callable[[Any], Any], **overrides: Any) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    tables = load_recipe(recipe)
    if table not in tables:
        raise typer.BadParameter(f"{recipe} has no table [{table}]; it has {', '.join(tables) or 'none'}.")
    config = configure(kind, tables[table], table)
    given = {name: value for name, value in overrides.items() if value is not None}
    typer.echo(step(dataclasses.replace(config, **given) if given else config))


@app.command()
def corpus(recipe: Recipe, table: Table = "corpus") -> None:
    """Filter the sources and pack training examples; counts of what each filter removed go beside them."""
    from ntmsum.training.mixing import CorpusConfig, run_corpus

    _run(recipe, table, CorpusConfig, run_corpus)


@app.command()
def vocabulary(recipe: Recipe, table: Table = "vocabulary") -> None:
    """Prune a model's tokenizer and embedding to Vietnamese and English."""
    from ntmsum.training.vocabulary import VocabularyConfig, run_vocabulary

    _run(recipe, table, VocabularyConfig, run_vocabulary)


@app.command()
def finetune(
    recipe: Recipe,
    table: Table = "finetune",
    max_steps: Annotated[int | None, typer.Option(help="Overrides the recipe's max_steps.")] = None,
) -> None:
    """Train, or resume from the run folder's checkpoint; SIGTERM ends with a checkpoint."""
    from ntmsum.training.finetune import FinetuneConfig, run_finetune

    _run(recipe, table, FinetuneConfig, run_finetune, max_steps=max_steps)


@app.command()
def label(recipe: Recipe, table: Table = "label") -> None:
    """Let a teacher translate or summarize plain news for a student."""
    from ntmsum.training.distil import LabelConfig, run_label

    _run(recipe, table, LabelConfig, run_label)


@app.command()
def student(recipe: Recipe, table: Table = "student") -> None:
    """Write an untrained T5 student, to be trained with `finetune`."""
    from ntmsum.training.distil import StudentConfig, run_student

    _run(recipe, table, StudentConfig, run_student)


@app.command()
def export(recipe: Recipe, table: Table = "export") -> None:
    """Write a checkpoint in the shipped format with card, checksums and a comparison."""
    from ntmsum.training.export import ExportConfig, run_export

    _run(recipe, table, ExportConfig, run_export)


@app.command()
def scores(recipe: Recipe, table: Table = "scores") -> None:
    """Measure a model folder on dev sets."""
    from ntmsum.training.scores import ScoresConfig, run_scores

    _run(recipe, table, ScoresConfig, run_scores)


@app.command()
def plot(
    log: Annotated[Path, typer.Argument(help="curve.tsv of a run folder.")],
    output: Annotated[Path, typer.Argument(help="SVG file to write.")],
) -> None:
    """Draw the loss curves of a run."""
    from ntmsum.training.curves import read_curve, write_svg

    typer.echo(write_svg(read_curve(log), output))
