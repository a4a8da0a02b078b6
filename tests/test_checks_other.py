"""A translation into another language than English: what the report says, and what it does not pretend to know."""

import pytest

from ntmsum import cli
from ntmsum.checks import Checker
from ntmsum.engines.registry import PromptFormat
from ntmsum.errors import ModelError
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline, load_pipeline
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator
from scripted import ENTRY, ScriptedEngine

ARTICLE = (
    "Xã Tân Lập đã bê tông hóa 12 km đường liên thôn trong năm 2024. "
    "Đường rộng 4 m, xe tải đi lại được quanh năm. "
    "Bà con góp 300 ngày công và hiến đất để mở rộng mặt đường."
)
SUMMARY = "Năm 2024, xã Tân Lập bê tông hóa 12 km đường liên thôn."
RIGHT = "La commune de Tan Lap a bétonné 12 km de routes de village en 2024."
WRONG = "La commune de Tan Lam a bétonné 21 km de routes de village en 2024."


def report(*hypotheses, to="fr", language="en"):
    engine = ScriptedEngine(lambda *_: [SUMMARY], lambda *_: hypotheses)
    glossary = Glossary.official()
    pipeline = Pipeline(
        normalize,
        Summarizer(engine, ENTRY),
        Translator(engine, ENTRY, glossary, to),
        Checker(glossary, language=language, target=to),
    )
    return pipeline(ARTICLE)


def told(found):
    return [(a.kind, a.severity, a.message) for a in found.alerts]


def test_the_hypothesis_that_keeps_the_facts_is_chosen_and_left_as_it_is():
    found = report(WRONG, RIGHT)
    assert found.translation.text == RIGHT
    assert told(found) == [
        (
            "language",
            "info",
            "Translation into French: numbers and dates, names are checked against the Vietnamese; official terms "
            "and denials are not.",
        )
    ]
    assert "into fr" in found.signature
    assert found.to_json()["translation"]["language"] == "fr"


def test_what_is_wrong_is_told_with_its_place():
    found = report(WRONG)
    by_kind = {a.kind: a for a in found.alerts}
    assert by_kind["number"].message == "The translation says “21”; the Vietnamese says “12 km”."
    assert by_kind["number"].severity == "error"
    where, against = by_kind["number"].where, by_kind["number"].against
    assert WRONG[where.span.start : where.span.end] == "21"
    assert SUMMARY[against.span.start : against.span.end] == "12 km"
    assert by_kind["name"].message == "“Tân Lập” is missing from the translation."


@pytest.mark.parametrize(
    ("to", "text", "says"),
    [
        ("zh", "新立乡2024年浇筑了12公里村道。", "into Chinese: numbers and dates are checked"),
        (
            "de",
            "Die Gemeinde Tan Lap hat 2024 12 km Dorfstraßen betoniert.",
            "into German: names are checked",
        ),
        ("ru", "Община Танлап в 2024 году забетонировала 12 км дорог.", "into Russian: nothing in it can be"),
        ("xx", "Tan Lap", "into xx: nothing in it can be checked"),
    ],
)
def test_the_report_says_what_is_not_checked(to, text, says):
    found = told(report(text, to=to))
    assert len(found) == 1
    assert found[0][:2] == ("language", "info")
    assert says in found[0][2]


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("", "length", "The sentence is missing."),
        (SUMMARY, "language", "The sentence was left in Vietnamese."),
        (
            "la route, la route de Tan Lap, la route de Tan Lap, 12 km 2024",
            "repetition",
            "The text repeats itself.",
        ),
    ],
)
def test_broken_text_is_told(text, kind, message):
    assert (kind, "error", message) in told(report(text))


def test_messages_can_be_vietnamese():
    messages = [a.message for a in report(WRONG, language="vi").alerts]
    assert "Bản dịch viết “21”; câu tiếng Việt là “12 km”." in messages
    assert any(m.startswith("Bản dịch sang ngôn ngữ “fr”: có kiểm số và ngày tháng") for m in messages)


def test_hints_for_english_are_not_given_to_another_language():
    entry = ENTRY.__class__(
        **{f: getattr(ENTRY, f) for f in ENTRY.__dataclass_fields__}
        | {"tasks": {**ENTRY.tasks, "translate": PromptFormat(prefix=("<t>",), hints=("<a>", "<b>", "<c>"))}}
    )
    source = "Ủy ban nhân dân xã họp."
    asked = [
        Translator(ScriptedEngine(None, None), entry, Glossary.official(), to).prompt(source).text
        for to in ("en", "fr")
    ]
    assert "<a>" in asked[0] and "<a>" not in asked[1]


def test_a_model_with_english_alone_is_refused_before_it_is_loaded(tmp_path, monkeypatch, capsys):
    with pytest.raises(ModelError, match="ntm-1 does not translate into 'fr'; it has: en only"):
        load_pipeline(to="fr")
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    for command in (["run", str(tmp_path / "a.txt")], ["batch", str(tmp_path), str(tmp_path / "out.jsonl")]):
        monkeypatch.setattr("sys.argv", ["ntmsum", *command, "--to", "fr"])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert stopped.value.code == 2
        assert "it has: en only. Take one that has it: nllb-600m" in capsys.readouterr().err
