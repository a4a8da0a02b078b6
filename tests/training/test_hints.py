import random

import pytest

from ntmsum.glossary import Glossary, Term
from ntmsum.training.hints import Hint, choose_hints, glossary_hints, mark, mine_hints, obeyed, strip_marks

SOURCE = "UBND huyện Kim Bảng chi 30 tỷ đồng xây dựng nông thôn mới."
REFERENCE = "The People's Committee of Kim Bang District spent 30 billion VND on New Rural Development."
LEXICON = {
    "nông thôn mới": ["New Rural Development"],
    "ubnd": ["People's Committee"],
    "huyện kim bảng": ["Kim Bang District"],
}


def spans(hints):
    return {SOURCE[hint.start : hint.end]: hint.rendering for hint in hints}


def test_hints_are_mined_from_lexicon_and_quantities():
    assert spans(mine_hints(SOURCE, REFERENCE, LEXICON)) == {
        "UBND": "People's Committee",
        "huyện Kim Bảng": "Kim Bang District",
        "30 tỷ đồng": "30 billion VND",
        "nông thôn mới": "New Rural Development",
    }


def test_names_are_mined_without_a_lexicon():
    assert spans(mine_hints(SOURCE, REFERENCE, {}))["Kim Bảng"] == "Kim Bang"


def test_a_rendering_that_the_reference_lacks_is_no_hint():
    assert "nông thôn mới" not in spans(mine_hints(SOURCE, "Kim Bang spent 30 billion VND.", LEXICON))


def test_marked_source_keeps_the_term_before_its_rendering():
    start = SOURCE.index("nông thôn mới")
    marked = mark(SOURCE, [Hint(start, start + 13, "New Rural Development")])
    assert marked.endswith("<unused5> nông thôn mới <unused6> New Rural Development <unused7>.")


@pytest.mark.parametrize(
    "hints", [[Hint(0, 4, "a"), Hint(3, 6, "b")], [Hint(0, 999, "a")], [Hint(4, 4, "a")]]
)
def test_overlapping_or_outlying_hints_are_refused(hints):
    with pytest.raises(ValueError, match="hint"):
        mark(SOURCE, hints)


def test_chosen_hints_are_some_of_the_given_in_order():
    hints = mine_hints(SOURCE, REFERENCE, LEXICON)
    for seed in range(20):
        chosen = choose_hints(hints, random.Random(seed), most=2)
        assert 1 <= len(chosen) <= 2 and set(chosen) <= set(hints) and chosen == sorted(chosen)


def test_glossary_hints_take_the_rendering_that_the_reference_has():
    glossary = Glossary((Term("nông thôn mới", "New Rural Development", variants=("new countryside",)),))
    found = glossary_hints(SOURCE, "Money for the new countryside.", glossary)
    assert spans(found) == {"nông thôn mới": "new countryside"}
    assert glossary_hints(SOURCE, "Money for villages.", glossary) == []


@pytest.mark.parametrize(
    ("rendering", "text", "expected"),
    [
        ("cooperative", "Two Cooperatives were founded.", True),
        ("People's Committee", "the People's  Committee of Kim Bang", True),
        ("commune", "a communed thing", False),
        ("hamlet chief", "the chief of the hamlet", False),
    ],
)
def test_obedience_counts_whole_words_in_any_case_and_plural(rendering, text, expected):
    assert obeyed(rendering, text) is expected


def test_marks_are_stripped_as_english_news_writes_names():
    assert strip_marks("Đắk Lắk, Thừa Thiên - Huế") == "Dak Lak, Thua Thien - Hue"
