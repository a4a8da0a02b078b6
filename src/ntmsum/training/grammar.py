"""Synthetic sentence pairs: hand-written templates × numbers, dates, places, bodies, titles and terms.

They teach what free text teaches slowly: that 1.234,5 becomes 1,234.5, that tỷ is billion, how communes and
committees are called in English. Templates are our own sentences (``tables/templates.tsv``).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ntmsum.errors import DataError
from ntmsum.training.hints import Hint
from ntmsum.training.slots import Place, Slots, gazetteer, tables

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence pair with ``{slots}``."""

    vi: str
    en: str

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of its slots in order of first use."""
        return tuple(dict.fromkeys(_SLOT.findall(self.vi)))


@dataclass(frozen=True, slots=True)
class Generated:
    """One synthetic pair.

    Args:
        source, reference: the sentences.
        hints: renderings of its slots as possible term hints.
        required: hints that must be marked, as their rendering is not the default.
    """

    source: str
    reference: str
    hints: tuple[Hint, ...]
    required: tuple[Hint, ...]


@cache
def templates() -> tuple[Template, ...]:
    """The shipped templates.

    Raises:
        DataError: a line is malformed, or its sides do not use the same slots; the line is named.
    """
    return parse_templates(
        files("ntmsum.training").joinpath("tables/templates.tsv").read_text(encoding="utf-8")
    )


def parse_templates(text: str) -> tuple[Template, ...]:
    """Templates of a TSV text; lines that start with ``#`` are comments.

    Raises:
        DataError: see :func:`templates`.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        vi, tab, en = line.partition("\t")
        if not tab or set(_SLOT.findall(vi)) != set(_SLOT.findall(en)):
            raise DataError(f"templates.tsv, line {number}: expected vi, a tab and en with the same slots.")
        found.append(Template(vi.strip(), en.strip()))
    return tuple(found)


@cache
def _by_district() -> dict[tuple[tuple[str, str], tuple[str, str]], tuple[Place, ...]]:
    groups: dict[tuple[tuple[str, str], tuple[str, str]], list[Place]] = defaultdict(list)
    for place in gazetteer():
        groups[place.district, place.province].append(place)
    return {key: tuple(value) for key, value in groups.items()}


def _fitting_place(template: Template, rng: random.Random) -> tuple[Place, tuple[Place, ...]]:
    """A place whose kinds of unit agree with the words of the template ("toàn xã", "toàn huyện", "toàn tỉnh")."""
    text = template.vi.lower()
    while True:
        key = rng.choice(list(_by_district()))
        group = _by_district()[key]
        (district, _), (province, _) = key
        if ("tỉnh" in text and province != "province") or (
            ("huyện" in text or "title" in text) and district != "district"
        ):
            continue
        communes = [place for place in group if place.commune[0] == "commune"] or list(group)
        if ("xã" in text or "title" in text) and communes[0].commune[0] != "commune":
            continue
        if rng.random() < 0.15 and "xã" not in text and "title" not in text:
            communes = list(group)
        here = rng.choice(communes)
        return here, tuple(place for place in communes if place != here)


def render(template: Template, rng: random.Random, varied_terms: bool = False) -> Generated:
    """Fill a template with one draw of values.

    Args:
        template: the sentence pair.
        rng: source of randomness.
        varied_terms: terms may take renderings other than the default; they come back in ``required``.
    """
    here, neighbours = _fitting_place(template, rng)
    slots = Slots(rng, here, neighbours, varied_terms)
    values: dict[str, tuple[str, str]] = {}
    for name in template.slots:
        values[name] = slots.draw(name)
    source, hints, required = "", [], []
    for position, piece in enumerate(_SLOT.split(template.vi)):
        if position % 2:
            vi, en = values[piece]
            hint = Hint(len(source), len(source) + len(vi), en.removeprefix("the "))
            hints.append(hint)
            if varied_terms and piece.rstrip("0123456789") in tables()["terms"]:
                required.append(hint)
            piece = vi
        source += piece
    reference = _SLOT.sub(lambda match: values[match.group(1)][1], template.en)
    return Generated(_capital(source), _capital(reference), tuple(hints), tuple(required))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def generate(count: int, seed: int = 0, varied_share: float = 0.2) -> Iterator[Generated]:
    """``count`` different synthetic pairs, every template equally often.

    Args:
        count: how many.
        seed: the pairs depend on nothing else.
        varied_share: share with term renderings that only a hint can tell.
    """
    rng = random.Random(f"grammar-{seed}")
    seen: set[str] = set()
    while len(seen) < count:
        for template in rng.sample(templates(), len(templates())):
            made = render(template, rng, varied_terms=rng.random() < varied_share)
            if made.source not in seen and len(seen) < count:
                seen.add(made.source)
                yield made
