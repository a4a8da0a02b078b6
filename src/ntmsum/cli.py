"""The command line: thin commands over the same functions as the Python API."""

from __future__ import annotations

import json
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from ntmsum.batch.command import batch
from ntmsum.errors import InputError, NtmsumError
from ntmsum.evaluation.cli import app as evaluation_app
from ntmsum.training.cli import app as training_app

app = typer.Typer(
    help="Checked English summaries of Vietnamese regional news, offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command()(batch)
app.add_typer(evaluation_app, name="eval")
app.add_typer(training_app, name="train")

USAGE_ERROR = 2


class LengthName(str, Enum):
    """How long the summary should be."""

    short = "short"
    medium = "medium"
    long = "long"


class BackendName(str, Enum):
    """What runs the models."""

    auto = "auto"
    ctranslate2 = "ctranslate2"
    transformers = "transformers"


@app.command()
def run(
    files: Annotated[list[str], typer.Argument(help="Text or HTML files; - reads standard input.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON report per article, one per line.")
    ] = False,
    length: Annotated[LengthName, typer.Option(help="Length of the summary.")] = LengthName.medium,
    glossary: Annotated[
        Path | None, typer.Option(help="Your own terms, CSV or TSV; they override ours.")
    ] = None,
    summarizer: Annotated[str, typer.Option(help="Model name or folder; see `ntmsum models`.")] = "",
    translator: Annotated[str, typer.Option(help="Model name or folder; see `ntmsum models`.")] = "",
    to: Annotated[
        str, typer.Option(help="Language to translate into (fr, lo, …), if the model has several.")
    ] = ("en"),
    backend: Annotated[BackendName, typer.Option(help="What runs the models.")] = BackendName.auto,
    device: Annotated[str, typer.Option(help="cpu, cuda or auto.")] = "cpu",
) -> None:
    """Summarize and translate articles, and print what to check."""
    from ntmsum.glossary import Glossary
    from ntmsum.normalize import normalize
    from ntmsum.pipeline import DEFAULT_MODEL, load_pipeline
    from ntmsum.printing import show

    texts = [_read(name) for name in files]
    for text in texts:
        normalize(text)  # a faulty input is told before the models load
    terms = Glossary.official()
    if glossary is not None:
        terms = terms | Glossary.from_file(glossary)
    pipeline = load_pipeline(
        summarizer or DEFAULT_MODEL,
        translator or DEFAULT_MODEL,
        glossary=terms,
        backend=backend.value,
        device=device,
        to=to,
    )
    for name, text in zip(files, texts, strict=True):
        report = pipeline(text, length.value)
        if as_json:
            print(json.dumps(report.to_json(), ensure_ascii=False), flush=True)
        else:
            print(show(report, name), flush=True)


models_app = typer.Typer(help="The models known by name.", invoke_without_command=True)
app.add_typer(models_app, name="models")


@models_app.callback()
def models(context: typer.Context) -> None:
    """List the models known by name."""
    if context.invoked_subcommand:
        return
    from ntmsum.engines import known_models

    for entry in known_models().values():
        where = f"models/{entry.source}" if entry.shipped else entry.source
        targets = len(entry.targets)
        more = f" ({targets} languages with --to)" if targets else ""
        print(f"{entry.name:22} {' + '.join(entry.tasks):22} {entry.licence:20} {where}{more}")


@models_app.command()
def convert(
    name: Annotated[str, typer.Argument(help="Model name or folder.")],
    out: Annotated[Path, typer.Argument(help="Folder to make.")],
    quantization: Annotated[str, typer.Option(help="CTranslate2's name of the weight type.")] = "int8",
) -> None:
    """Convert a model to CTranslate2's format, which is faster on a CPU."""
    from ntmsum.engines.conversion import convert_model

    convert_model(name, out, quantization)


@app.command("app")
def web(
    host: Annotated[str | None, typer.Option(help="Address to listen on; else from the environment.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; else from the environment.")] = None,
) -> None:
    """Open the web page."""
    from ntmsum.app import launch

    launch(host=host, port=port)


def main() -> None:
    """Run the command line; exit codes: 0 fine, 1 some items failed, 2 bad usage or unreadable input."""
    try:
        app()
    except NtmsumError as error:
        print(f"ntmsum: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
    except KeyboardInterrupt:
        print("ntmsum: stopped.", file=sys.stderr)
        sys.exit(130)


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            f"There is no file {name}; check the path, or give - to read standard input."
        ) from error
    except IsADirectoryError as error:
        raise InputError(f"{name} is a folder; name the files in it, for example {name}/*.txt.") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}); check its permissions.") from error
