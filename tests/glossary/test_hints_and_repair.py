"""Prompts with terms inline, and the guarded replacement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.glossary import Glossary, Term, check_terms, render_hint, replace_term

OFFICIAL = Glossary.official()
MARKERS = ("<a>", "<b>", "<c>")


def test_rendering_stands_behind_the_wording():
    text = "Xã đạt chuẩn NTM."
    hinted = render_hint(text, OFFICIAL.find(text), MARKERS)
    assert hinted == "<a> Xã <b> commune <c> <a> đạt chuẩn NTM <b> meet New Rural Development standards <c>."


def test_text_without_terms_is_its_own_prompt():
    assert render_hint("Trời nắng.", (), MARKERS) == "Trời nắng."


def test_three_markers_are_needed():
    with pytest.raises(ValueError, match="unpack"):
        render_hint("Xã", OFFICIAL.find("Xã"), ("<a>", "<b>"))


@given(st.text(alphabet="xã huyện nông thôn mới UBND.,\n"))
def test_hint_without_markers_is_the_text(text: str):
    matches = OFFICIAL.find(text)
    hinted = render_hint(text, matches, MARKERS)
    for match in matches:
        hinted = hinted.replace(f"<a> {match.text} <b> {match.term.en} <c>", match.text, 1)
    assert hinted == text


def mend(vi: str, en: str, glossary: Glossary = OFFICIAL) -> str:
    for use in check_terms(vi, en, glossary):
        en = replace_term(en, use)
    return en


@pytest.mark.parametrize(
    ("vi", "en", "mended"),
    [
        ("UBND tỉnh", "The provincial UBND decided.", "The provincial People's Committee decided."),
        ("UBND tỉnh", "UBND leaders of the province met.", "People's Committee leaders of the province met."),
        ("OCOP", "OCOP goods sell well.", "OCOP goods sell well."),
        (
            "phát triển nông thôn mới",
            "the new countryside movement",
            "the New Rural Development movement",
        ),
        ("nông thôn mới", "Nong thon moi is a success.", "New Rural Development is a success."),
        ("bộ phận một cửa", "a one-door department opened", "a one-stop unit opened"),
        ("hai bộ phận một cửa", "two one-door departments opened", "two one-stop units opened"),
        ("giải phóng mặt bằng", "Ground liberation is slow.", "Site clearance is slow."),
        ("chuyển đổi số", "a number conversion plan", "a digital transformation plan"),
        # Not plain: two kinds of wrong rendering, or nothing known to be wrong.
        (
            "giải phóng mặt bằng",
            "Ground liberation, or surface liberation, is slow.",
            "Ground liberation, or surface liberation, is slow.",
        ),
        ("giải phóng mặt bằng", "Clearing work is slow.", "Clearing work is slow."),
        # More often than the source has it: one of them may mean something else.
        (
            "chuyển đổi số",
            "Number conversion here, number conversion there.",
            "Number conversion here, number conversion there.",
        ),
        # Already right.
        ("UBND tỉnh", "The provincial People's Committee", "The provincial People's Committee"),
    ],
)
def test_replacement_only_where_it_is_plain(vi: str, en: str, mended: str):
    assert mend(vi, en) == mended


def test_article_follows_the_new_word():
    glossary = Glossary((Term("cụm", "industrial cluster", wrong=("bunch",)),))
    assert mend("cụm", "A bunch of 10 ha", glossary) == "An industrial cluster of 10 ha"


@given(st.text(), st.text())
def test_any_text_can_be_mended(vi: str, en: str):
    assert isinstance(mend(vi, en), str)
