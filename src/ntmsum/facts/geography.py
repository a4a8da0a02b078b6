"""Whether a district is said to lie in a province where no district of that name lies."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ntmsum.facts.names import Name, fold_name
from ntmsum.tables import load_csv

# "huyện Tân Lạc, tỉnh Hòa Bình", "huyện Tân Lạc (Hòa Bình)", "huyện Tân Lạc – tỉnh Hòa Bình"
_IN = re.compile(r"\s*[,(–-]\s*(?:thuộc\s+)?(?:tỉnh\s+|(?:TP\.?|thành phố)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignDistrict:
    """A district, the province it is said to lie in, and the provinces that have a district of its name."""

    district: Name
    province: Name
    homes: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What is claimed, however written."""
        return fold_name(self.district.text), fold_name(self.province.text)


def foreign_districts(text: str, names: Sequence[Name]) -> tuple[ForeignDistrict, ...]:
    """Districts that a Vietnamese text puts into the wrong province.

    Only known districts directly followed by a known province are judged.

    Args:
        text: a Vietnamese text.
        names: ``extract_names(text, "vi")``.
    """
    homes, provinces = _geography()
    found = []
    for district, province in itertools.pairwise(names):
        known = homes.get(fold_name(district.text), {}) if district.level == "district" else {}
        between = text[district.span.end : province.span.start]
        if not known or fold_name(province.text) not in provinces or not _IN.fullmatch(between):
            continue
        if fold_name(province.text) not in known:
            found.append(ForeignDistrict(district, province, tuple(dict.fromkeys(known.values()))))
    return tuple(found)


@cache
def _geography() -> tuple[Mapping[str, Mapping[str, str]], frozenset[str]]:
    """Provinces by district (folded name → folded and written names), and all provinces folded."""
    homes: dict[str, dict[str, str]] = defaultdict(dict)
    provinces = set()
    for row in load_csv("ntmsum.facts", "gazetteer.csv"):
        if row["level"] == "district":
            homes[fold_name(row["name"])][fold_name(row["parent"])] = row["parent"]
        elif row["level"] in ("province", "city") and not row["parent"]:
            provinces.add(fold_name(row["name"]))
    return dict(homes), frozenset(provinces)
