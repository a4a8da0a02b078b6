import re
from dataclasses import fields
from pathlib import Path

import pytest

from ntmsum.app.settings import Settings, SettingsError

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "app.md"


def test_the_environment_overrides_the_defaults():
    given = {"NTMSUM_PORT": "8080", "NTMSUM_LOGIN": "desk:se:cret", "NTMSUM_HOST": " 0.0.0.0 ", "PORT": "1"}
    settings = Settings.from_environment(given)
    assert (settings.port, settings.host, settings.account) == (8080, "0.0.0.0", ("desk", "se:cret"))
    assert settings.queue == Settings().queue


def test_without_a_login_nobody_is_asked():
    assert Settings.from_environment({}).account is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NTMSUM_PORT", "eighty"),
        ("NTMSUM_PORT", "70000"),
        ("NTMSUM_QUEUE", "-1"),
        ("NTMSUM_MAX_UPLOAD", "5 MB"),
        ("NTMSUM_LOGIN", "desk"),
        ("NTMSUM_LOGIN", "desk:"),
        ("NTMSUM_LOGIN", ":secret"),
    ],
)
def test_a_senseless_value_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


def test_the_documented_table_is_the_code():
    table = dict(
        re.findall(r"^\| `NTMSUM_(\w+)` \| `?([^|`]*)`? \|", DOCUMENT.read_text(encoding="utf-8"), re.M)
    )
    defaults = {f.name.upper(): f"{f.default}" for f in fields(Settings)}
    assert {name: value.strip().replace("none", "") for name, value in table.items()} == defaults
