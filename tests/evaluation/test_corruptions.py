import pytest

from ntmsum.evaluation.articles import EvalArticle, KeyFact
from ntmsum.evaluation.corruptions import KINDS, Cast, corrupt, expected_alerts


def article(id, person, place):
    return EvalArticle(
        id=id,
        title="Xã về đích",
        article=f"Xã về đích\n\nTheo ông {person[0]}, xã {place[0]} không chậm tiến độ.",
        province="Nam Định",
        era="pre-2025",
        theme="schools",
        summary_vi=(
            f"Ngày 8/2/2023, UBND xã {place[0]} báo cáo 1.486 ha lúa, chưa thu hoạch hết. "
            f"Theo ông {person[0]}, xã sẽ thu 27,5 tỷ đồng."
        ),
        summary_en=(
            f"On 8 February 2023, the People's Committee of {place[1]} Commune reported 1,486 ha of rice, "
            f"not yet fully harvested. According to {person[1]}, the commune will earn 27.5 billion VND."
        ),
        summary_en_2="",
        key_facts=(KeyFact("names", *person), KeyFact("names", *place)),
        misreading="that all was harvested",
    )


FIRST = article("a-1", ("Lò Văn Sáng", "Lo Van Sang"), ("Nà Tấu", "Na Tau"))
SECOND = article("a-2", ("Phạm Thị Hường", "Pham Thi Huong"), ("Hải Hà", "Hai Ha"))
BOTH = (FIRST, SECOND)


def errors(lang, kind, of=FIRST):
    text = of.summary_vi if lang == "vi" else of.summary_en
    return text, corrupt(of, text, lang, kind, Cast.of(BOTH, lang))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_changes_the_text_and_is_the_same_every_time(lang, kind):
    text, found = errors(lang, kind)
    assert found
    assert all(e.text != text for e in found)
    assert found == errors(lang, kind)[1]
    assert len({e.text for e in found}) == len(found)


def test_a_goal_becomes_a_fact():
    assert "xã đã thu 27,5 tỷ đồng" in errors("vi", "goal")[1][0].text
    assert "the commune has already earn 27.5" in errors("en", "goal")[1][0].text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_names_are_swapped_for_those_of_another_article(lang):
    column = 0 if lang == "vi" else 1
    assert {e.after for e in errors(lang, "name")[1]} == {("Phạm Thị Hường", "Pham Thi Huong")[column]}
    assert {e.after for e in errors(lang, "place")[1]} == {("Hải Hà", "Hai Ha")[column]}


def test_a_digit_changes_one_digit_and_never_begins_with_zero():
    text, found = errors("en", "digit")
    for error in found:
        assert len(error.text) == len(text)
        assert sum(a != b for a, b in zip(text, error.text, strict=True)) == 1


def test_magnitude_moves_by_powers_of_ten():
    changes = {(e.before, e.after) for lang in ("vi", "en") for e in errors(lang, "magnitude")[1]}
    allowed = {
        ("1.486", "14.860"),
        ("27,5", "275"),
        ("tỷ", "triệu"),
        ("1,486", "14,860"),
        ("27.5", "275"),
        ("billion", "million"),
    }
    assert changes <= allowed


def test_a_dropped_denial_leaves_the_rest():
    assert "1.486 ha lúa, thu hoạch hết" in errors("vi", "negation")[1][0].text


def test_a_dropped_sentence_is_gone_whole():
    assert {e.text.count(".") for e in errors("vi", "sentence")[1]} <= {2, 1}
    assert all(e.after == "" for e in errors("en", "sentence")[1])


def test_another_draw_makes_other_errors():
    cast = Cast.of(BOTH, "vi")
    draws = {tuple(corrupt(FIRST, FIRST.summary_vi, "vi", "digit", cast, draw)) for draw in range(5)}
    assert len(draws) > 1


def test_a_text_without_a_place_for_an_error_gets_none():
    assert corrupt(FIRST, "Bình yên", "vi", "digit", Cast.of(BOTH, "vi")) == []


def test_every_kind_names_the_alerts_it_should_raise():
    assert all(expected_alerts(kind) for kind in KINDS)
