"""Who may import whom: nothing points back towards the doors."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ntmsum"

# Each layer may import itself and those above it in this list.
LAYERS = [
    {"errors", "article", "tables", "words", "languages"},
    {"normalize", "facts", "glossary", "engines"},
    {
        "degeneration",
        "reading",
        "choice",
        "context",
        "denial",
        "swaps",
        "modality",
        "mentions",
        "counterparts",
        "contradiction",
        "trends",
    },
    {"salience", "trimming", "composing", "warrant"},
    {"postedit", "preedit"},
    {"summarize", "translate"},
    {"alerts", "checks", "checks_english", "checks_other", "report"},
    {"pipeline"},
    {"batch", "evaluation", "training", "app", "printing"},
    {"cli", "__main__", "__init__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ntmsum."):
            names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("ntmsum.")}
    return names


FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(f.relative_to(SOURCE)) for f in FILES])
def test_imports_point_towards_the_core(path):
    for name in imported_rooms(path):
        assert LEVEL[name] <= LEVEL[room(path)], f"{path.name} imports {name}"


def test_engines_know_no_vietnamese():
    for path in (SOURCE / "engines").glob("*.py"):
        assert imported_rooms(path) <= {"engines", "errors", "tables", "languages"}


def test_importing_the_package_loads_nothing_heavy():
    heavy = {"torch", "transformers", "gradio", "datasets", "ctranslate2", "ray"}
    code = f"import sys, ntmsum; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_public_names_resolve_lazily():
    import ntmsum

    assert callable(ntmsum.load_pipeline)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        ntmsum.nonsense  # noqa: B018
