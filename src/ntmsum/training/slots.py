"""Slots of the sentence grammar: each kind draws one value and writes it in Vietnamese and in English."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ntmsum.tables import load_csv, load_toml
from ntmsum.training.corpus import unify
from ntmsum.training.hints import strip_marks

Rendered = tuple[str, str]
"""One value as (Vietnamese, English)."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_ROMANS = ("XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")


@dataclass(frozen=True, slots=True)
class Place:
    """A commune with the district and province it belongs to; each a (kind of unit, name)."""

    commune: tuple[str, str]
    district: tuple[str, str]
    province: tuple[str, str]


@cache
def tables() -> Mapping[str, Any]:
    """The grammar's vocabularies (``tables/slots.toml``)."""
    return load_toml("ntmsum.training", "tables/slots.toml")


def vi_number(value: float, decimals: int = 0) -> str:
    """1234.5 → ``1.234,5``."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def en_number(value: float, decimals: int = 0) -> str:
    """1234.5 → ``1,234.5``."""
    return f"{value:,.{decimals}f}"


def unit_name(unit: tuple[str, str]) -> Rendered:
    """``("district", "Kim Bảng")`` → ``huyện Kim Bảng``, ``Kim Bang District``."""
    vi, en = tables()["places"][unit[0]]
    return f"{vi} {unit[1]}", f"{strip_marks(unit[1])} {en}"


class Slots:
    """Draws values for the slots of one sentence pair; the place is fixed for the whole sentence.

    Args:
        rng: source of randomness.
        here: the commune the sentence speaks of.
        neighbours: other communes of the same district.
        varied_terms: terms may take a rendering that is not the default (only right with a term hint).
    """

    def __init__(
        self, rng: random.Random, here: Place, neighbours: Sequence[Place], varied_terms: bool
    ) -> None:
        self.rng, self.here, self.varied_terms = rng, here, varied_terms
        self._communes = [here, *rng.sample(list(neighbours), min(3, len(neighbours)))]
        pick = self._picker
        self._makers: dict[str, Callable[[], Rendered]] = {
            "n0": self._padded, "count": lambda: _plain(int(self._skewed(21, 9800))), "big": self._big,
            "dec": lambda: _plain(rng.uniform(1.1, 18.9), rng.choice((1, 1, 2))), "ratio": self._ratio,
            "pct": self._percent, "docno": self._document, "roman": lambda: _same(rng.choice(_ROMANS)),
            "price": self._price, "year": lambda: _same(str(self._year())), "date": self._date,
            "morning": self._part_of_day, "month": self._month, "quarter": self._quarter,
            "months_first": lambda: self._months("đầu", "first", (3, 6, 6, 9, 11)),
            "months_last": lambda: self._months("cuối", "last", (3, 6, 6)),
            "months_of": lambda: self._months("đầu", "first", (3, 6, 9)), "stage": self._stage,
            "period": self._period, "term": lambda: _same(self._span_of_years((2010, 2015, 2020, 2025), 5)),
            "term_year": lambda: _same(self._span_of_years(range(2012, 2025), 1)),
            "district": lambda: unit_name(here.district), "province": lambda: unit_name(here.province),
            "district_name": lambda: _bare(here.district), "person": self._person,
            "district_province": lambda: self._inside(here.district, here.province),
            "commune_district": lambda: self._inside(here.commune, here.district),
            "uband_commune": lambda: self._committee(here.commune),
            "uband_district": lambda: self._committee(here.district),
            "uband_province": lambda: self._committee(here.province), "crop": pick("crops"),
            "dept": pick("bodies", "dept"), "division": pick("bodies", "division"),
            **{f"title_{level}": pick("titles", level) for level in ("commune", "district", "province")},
        }  # fmt: skip

    def draw(self, slot: str) -> Rendered:
        """A value for the slot ``kind`` or ``kindN``.

        Raises:
            KeyError: there is no such kind.
        """
        data = tables()
        for kind in (slot, slot.rstrip("0123456789")):
            if kind in self._makers:
                return self._makers[kind]()
            if kind in data["measures"]:
                return self._measure(kind)
            if kind in data["ranges"]:
                return _plain(self.rng.randint(*data["ranges"][kind]))
            if kind in data["terms"]:
                return self._term(kind)
            if kind in ("commune", "commune_name"):
                index = int(slot.removeprefix(kind) or 1) - 1
                unit = self._communes[min(index, len(self._communes) - 1)].commune
                return unit_name(unit) if kind == "commune" else _bare(unit)
        raise KeyError(slot)

    def _picker(self, *path: str) -> Callable[[], Rendered]:
        table: Any = tables()
        for key in path:
            table = table[key]
        return lambda: self.rng.choice(list(table.items()))

    def _term(self, kind: str) -> Rendered:
        entry = tables()["terms"][kind]
        return self.rng.choice(entry["vi"]), self.rng.choice(entry["en"]) if self.varied_terms else entry[
            "en"
        ][0]

    # --- numbers -------------------------------------------------------------------------------------------

    def _skewed(self, low: float, high: float) -> float:
        return float(low * (high / low) ** self.rng.random())

    def _measure(self, kind: str) -> Rendered:
        if kind == "usd" and self.rng.random() < 0.3:
            kind = "usd_big"
        entry = tables()["measures"][kind]
        value = self._skewed(entry["low"], entry["high"])
        decimals = self.rng.choice((1, 1, 2)) if self.rng.random() < entry["decimals"] else 0
        if value >= 1000 and self.rng.random() < 0.5:
            value, decimals = round(value, -1), 0
        value = round(value, decimals)
        vi, en = _plain(value, 0 if value == int(value) else decimals)
        return f"{vi} {entry['vi']}", f"{en} {entry['en']}"

    def _padded(self) -> Rendered:
        value = self.rng.randint(2, 19)
        return f"{value:02d}" if self.rng.random() < 0.5 else str(value), str(value)

    def _big(self) -> Rendered:
        value = self._skewed(11_000, 2_900_000)
        if value < 1_000_000:
            return _plain(round(value, self.rng.choice((0, -2, -3))))
        vi, en = _plain(value / 1e6, self.rng.choice((1, 2)))
        return f"{vi} triệu", f"{en} million"

    def _ratio(self) -> Rendered:
        whole = self.rng.randint(5, 42)
        part = self.rng.randint(2, whole - 1)
        return f"{part}/{whole}", f"{part} of {whole}"

    def _percent(self) -> Rendered:
        vi, en = _plain(self.rng.uniform(0.4, 99.6), self.rng.choice((0, 1, 1, 2)))
        return f"{vi}%", f"{en}%"

    def _document(self) -> Rendered:
        return _same(
            f"{self.rng.randint(4, 3200)}/{self.rng.choice(('QĐ-UBND', 'KH-UBND', 'NQ-HĐND', 'CV-UBND'))}"
        )

    def _price(self) -> Rendered:
        vi, en = _plain(round(self._skewed(4000, 190_000), -2))
        return f"{vi} đồng/kg", f"{en} VND per kg"

    # --- dates ---------------------------------------------------------------------------------------------

    def _year(self) -> int:
        return self.rng.randint(2010, 2025)

    def _date(self) -> Rendered:
        day, month = self.rng.randint(1, 28), self.rng.randint(1, 12)
        english = f"{MONTHS[month - 1]} {day}"
        if self.rng.random() < 0.4:
            year = self._year()
            return f"ngày {day}/{month}/{year}", f"{english}, {year}"
        style = self.rng.choice(("{}/{}", "{}/{}", "{}-{}", "{} tháng {}"))
        return "ngày " + style.format(day, month), english

    def _part_of_day(self) -> Rendered:
        vi_part, en_part = self.rng.choice((("sáng", "morning"), ("chiều", "afternoon"), ("tối", "evening")))
        vi, en = self._date()
        return (
            f"{vi_part} {vi if self.rng.random() < 0.3 else vi.removeprefix('ngày ')}",
            f"the {en_part} of {en}",
        )

    def _month(self) -> Rendered:
        month, year = self.rng.randint(1, 12), self._year()
        return f"tháng {month}/{year}", f"{MONTHS[month - 1]} {year}"

    def _quarter(self) -> Rendered:
        roman, name = self.rng.choice((("I", "first"), ("II", "second"), ("III", "third"), ("IV", "fourth")))
        year = self._year()
        return f"quý {roman}/{year}", f"the {name} quarter of {year}"

    def _months(self, vi_end: str, en_end: str, sizes: Sequence[int]) -> Rendered:
        months, year = self.rng.choice(sizes), self._year()
        return f"{months} tháng {vi_end} năm {year}", f"the {en_end} {months} months of {year}"

    def _stage(self) -> Rendered:
        first, last = self.rng.choice(((2010, 2015), (2011, 2015), (2016, 2020), (2021, 2025), (2026, 2030)))
        dash = self.rng.choice(("-", " - "))
        return f"giai đoạn {first}{dash}{last}", f"the {first}-{last} period"

    def _period(self) -> Rendered:
        kind = self.rng.choice(("stage", "months_first", "quarter", "stage"))
        return self._makers[kind]()

    def _span_of_years(self, starts: Sequence[int], years: int) -> str:
        first = self.rng.choice(starts)
        return f"{first}-{first + years}"

    # --- places and people ---------------------------------------------------------------------------------

    def _inside(self, inner: tuple[str, str], outer: tuple[str, str]) -> Rendered:
        vi_inner, en_inner = unit_name(inner)
        vi_outer, en_outer = unit_name(outer)
        short = f"{vi_inner} ({outer[1]})"
        return self.rng.choice((short, f"{vi_inner}, {vi_outer}")), f"{en_inner}, {en_outer}"

    def _committee(self, unit: tuple[str, str]) -> Rendered:
        (vi, en), (place_vi, place_en) = self._term("people_committee"), unit_name(unit)
        return f"{vi} {place_vi}", f"the {en} of {place_en}"

    def _person(self) -> Rendered:
        names = tables()["names"]
        full = " ".join(self.rng.choice(names[part]) for part in ("surnames", "middles", "given"))
        return full, strip_marks(full)


def _plain(value: float, decimals: int = 0) -> Rendered:
    return vi_number(value, decimals), en_number(value, decimals)


def _same(text: str) -> Rendered:
    return text, text


def _bare(unit: tuple[str, str]) -> Rendered:
    return unit[1], strip_marks(unit[1])


@cache
def gazetteer() -> tuple[Place, ...]:
    """Every commune, ward and township of Viet Nam with its district and province, as before July 2025.

    Units named by a number ("Phường 5") or with a note in brackets are left out.
    """
    rows = [row for row in load_csv("ntmsum.facts", "gazetteer.csv") if row["valid_to"]]
    provinces = {row["name"]: row["level"] for row in rows if not row["parent"]}
    districts = {
        (row["name"], row["parent"]): row["level"]
        for row in sorted(
            rows, key=lambda row: row["level"] == "district"
        )  # a district wins over its successor
        if row["level"] in ("district", "urban district", "town", "city")
    }
    places = []
    for row in rows:
        district, _, province = row["parent"].partition(", ")
        level = districts.get((district, province))
        if level and province in provinces and row["level"] in ("commune", "ward", "township"):
            chain = ((row["level"], row["name"]), (level, district), (provinces[province], province))
            if not any(name[:1].isdigit() or "(" in name for _, name in chain):
                commune, inside, around = ((kind, unify(name)) for kind, name in chain)
                places.append(Place(commune, inside, around))
    return tuple(places)
