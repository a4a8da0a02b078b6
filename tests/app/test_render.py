from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.alerts import Alert, Place
from ntmsum.app.marks import Marks, find_marks
from ntmsum.app.render import (
    escape,
    render_article,
    render_marked,
    render_notice,
    render_result,
    render_terms,
    render_trial,
)
from ntmsum.article import Span
from ntmsum.glossary import Glossary, Term
from ntmsum.translate import TranslatedSentence, Translation

HOSTILE = "<script>alert(1)</script> \"' onclick=x ${alert(2)} {{value}} \u202egpj.exe </p><img src=x onerror=alert(3)>"


class Elements(HTMLParser):
    """Which elements and attributes a browser would see, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def hostile_report(report):
    article = replace(
        report.article,
        title=HOSTILE,
        sentences=tuple(replace(s, text=HOSTILE) for s in report.article.sentences),
    )
    summary = replace(
        report.summary, sentences=tuple(replace(s, text=HOSTILE) for s in report.summary.sentences)
    )
    translation = Translation(tuple(TranslatedSentence(HOSTILE, HOSTILE) for _ in summary.sentences))
    alerts = (
        Alert(
            "number", "error", HOSTILE, Place("translation", 0, Span(0, 12)), Place("summary", 0, Span(3, 20))
        ),
        Alert("length", "info", HOSTILE),
    )
    return replace(report, article=article, summary=summary, translation=translation, alerts=alerts)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_in_a_text_becomes_markup(report, language):
    report = hostile_report(report)
    marks = find_marks(report, Glossary.official())
    html = render_result(report, marks, language) + render_article(report, marks, language)
    html += render_notice("error", HOSTILE) + render_terms([Term(HOSTILE, HOSTILE)], 1, language)
    html += render_trial(HOSTILE, HOSTILE, (), language)
    seen = Elements(html)
    assert not {"script", "img"} & set(seen.tags)
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert "<script>alert(1)</script>" in seen.text


@pytest.mark.parametrize("code", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_marks_that_turn_the_writing_direction_are_not_passed_on(code):
    assert escape(f"a{code}b") == "ab"


def test_nothing_reads_as_the_pages_own_template():
    assert not {"$", "{"} & set(escape("${alert(1)} {{value}}"))


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=8))
def test_marked_text_reads_as_before_whatever_overlaps(text, places):
    marks = [(Span(start, start + size), 'class="number"') for start, size in places]
    assert Elements(render_marked(text, marks)).text == Elements(escape(text)).text


def test_of_two_marks_that_overlap_the_earlier_in_the_list_is_kept():
    html = render_marked(
        "46 gian hàng", [(Span(3, 7), 'id="a"'), (Span(0, 4), 'id="b"'), (Span(0, 2), 'id="c"')]
    )
    assert html == '<mark id="c">46</mark> <mark id="a">gian</mark> hàng'


def test_an_alert_stands_above_the_sentence_it_concerns(report):
    html = render_result(report, Marks(), "en")
    alert = html.index("35 million VND”; the Vietnamese says")
    assert html.index('data-sentence="0"') < alert < html.index('data-sentence="1"')


def test_a_doubted_figure_is_marked_as_doubted_and_not_as_shared(report):
    html = render_result(report, find_marks(report, Glossary.official()), "en")
    assert '<mark class="doubt error"' in html
    assert html.count("3,5 triệu đồng</mark>") == 1


def test_the_same_fact_has_one_number_in_all_three_texts(report):
    marks = find_marks(report, Glossary.official())
    stalls = {}
    for (part, sentence), found in marks.places.items():
        texts = {
            "source": [s.text for s in report.article.sentences],
            "summary": [s.text for s in report.summary.sentences],
            "translation": [s.text for s in report.translation.sentences],
        }[part]
        for mark in found:
            stalls.setdefault(mark.group, set()).add(
                (part, texts[sentence][mark.span.start : mark.span.end], mark.kind)
            )
    assert {
        ("source", "46", "number"),
        ("summary", "46", "number"),
        ("translation", "46", "number"),
    } in stalls.values()
    assert any(
        ("translation", "October 12", "date") in group and len(group) == 3 for group in stalls.values()
    )
    assert any(("source", "Yên Phú", "name") in group and len(group) == 3 for group in stalls.values())
    assert any(
        ("translation", "People's Committee", "term") in group and len(group) == 3
        for group in stalls.values()
    )


def test_an_unfinished_report_says_what_is_missing(report):
    half = replace(report, translation=None, alerts=(), timings={"normalize": 0.1, "summarize": 0.2})
    html = render_result(half, Marks(), "en")
    assert html.count("being translated…") == 2
    assert "No alerts" not in html


def test_a_clean_report_says_so(report):
    assert "No alerts" in render_result(replace(report, alerts=()), Marks(), "en")


def test_a_kind_of_alert_that_the_page_does_not_know_keeps_its_name(report):
    alert = replace(report.alerts[0], kind="some_new_kind")
    report = replace(report, alerts=(alert,))
    assert "some new kind" in render_result(report, Marks(), "vi")
