from dataclasses import replace

import pytest

from ntmsum.engines.registry import PromptFormat
from ntmsum.glossary import Glossary
from ntmsum.translate import Translator, clauses
from scripted import ENTRY, ScriptedEngine

SOURCE = "Huyện Mường La có 14/16 xã đạt chuẩn nông thôn mới."
GOOD = "Muong La District has 14 of 16 communes meeting New Rural Development standards."
WRONG = "Muong La District has 14 of 17 communes meeting New Rural Development standards."


def translator(answer, entry=ENTRY):
    engine = ScriptedEngine(lambda *_: [], answer)
    return Translator(engine, entry, Glossary.official()), engine


def test_one_english_sentence_per_source_in_order():
    sources = ["Câu thứ nhất dài.", "", "Câu thứ hai dài.", "…"]
    found = translator(lambda text, _: [f"English of {text}"])[0].translate(sources)
    assert [t.text for t in found] == ["English of Cau thứ nhất dài.", "", "English of Cau thứ hai dài.", ""]
    assert [t.source for t in found] == sources
    assert translator(lambda *_: [])[0].translate([]) == []


def test_the_hypothesis_that_keeps_the_numbers_is_chosen():
    assert translator(lambda *_: [WRONG, GOOD])[0].translate([SOURCE])[0].text == GOOD


def test_a_broken_translation_is_decoded_again():
    def answer(text, options):
        return (
            [GOOD] if options.no_repeat_ngram else ["the district, the district, the district, the district"]
        )

    (found,) = translator(answer)[0].translate([SOURCE])
    assert found.text == GOOD
    assert "again" in found.fallback


def test_an_untranslated_sentence_is_flagged():
    assert "language" in translator(lambda *_: [SOURCE])[0].translate([SOURCE])[0].faults


def test_a_lost_number_is_sought_in_smaller_pieces():
    source = (
        "Năm 2023, toàn xã trồng mới 45 ha quế và 12 ha bạch đàn trên đất trống của ba bản, "
        "nâng tổng diện tích rừng lên 1.230 ha vào cuối năm."
    )
    pieces = {
        "Năm": "In 2023 the commune planted 45 ha of cinnamon and 12 ha of eucalyptus on bare land in three villages.",
        "nâng": "This raised the forest area to 1,230 ha by the end of the year.",
    }

    def answer(text, _):
        first = text.split()[0]
        return ["In 2023 the commune planted trees."] if len(text) > 120 else [pieces[first]]

    (found,) = translator(answer)[0].translate([source])
    assert "1,230 ha" in found.text and "45 ha" in found.text
    assert "in parts" in found.fallback


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("Xã làm 4 km đường.", ["Xã làm 4 km đường."]),
        (
            "Năng suất lúa vụ này ước 62 tạ mỗi ha; giá thóc 7.400 đồng/kg; nông dân lãi 1,5 triệu đồng.",
            [
                "Năng suất lúa vụ này ước 62 tạ mỗi ha.",
                "giá thóc 7.400 đồng/kg.",
                "nông dân lãi 1,5 triệu đồng.",
            ],
        ),
        (
            "Tại xã Nà Tòng, huyện đã chi 4,5 tỷ đồng sửa 12 trường học, trong đó tỉnh cấp 3 tỷ đồng.",
            ["Tại xã Nà Tòng, huyện đã chi 4,5 tỷ đồng sửa 12 trường học.", "trong đó tỉnh cấp 3 tỷ đồng."],
        ),
    ],
)
def test_long_sentences_are_cut_where_a_clause_ends(sentence, pieces):
    assert clauses(sentence) == pieces


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        # a denial is kept
        ("Xã chưa đạt chuẩn.", "The commune has met standards.", "The commune has not met standards."),
        # a goal stays a goal
        (
            "Xã phấn đấu có 5 thôn đạt chuẩn.",
            "The commune has had 5 hamlets meet the standards.",
            "The commune aims to have 5 hamlets meet the standards.",
        ),
        # no figure stands in for another
        (
            "Tòa tuyên phạt Trí (42 tuổi) bảy năm tù.",
            "The court sentenced Tri (42) to 42 years.",
            "The court sentenced Tri (42) to seven years.",
        ),
        # a place stays, whether or not it is known to be a name
        (
            "Huyện nuôi cá trên hồ Nà Hừ.",
            "The district raises fish on the lake.",
            "The district raises fish on Na Hu Lake.",
        ),
        # no word is left in Vietnamese
        (
            "Sở dùng phần mềm chung.",
            "The department uses chung software.",
            "The department uses shared software.",
        ),
    ],
)
def test_the_more_faithful_hypothesis_wins(source, wrong, right):
    assert translator(lambda *_: [wrong, right])[0].translate([source])[0].text == right


def test_a_bracket_that_only_abbreviates_is_not_translated():
    service, engine = translator(lambda *_: ["Fine."])
    service.translate(["Huyện xây dựng nông thôn mới (NTM) ở vùng cao (Nà Sầm)."])
    assert "NTM" not in engine.prompts[0] and "(Nà Sầm)" in engine.prompts[0]


def test_a_word_of_any_length_before_a_bracket_is_kept():
    service, engine = translator(lambda *_: ["Fine."])
    word = "a" * 200_000
    service.translate([f"{word} (NTM"])
    assert word in engine.prompts[0]


def test_names_lose_their_marks_in_english():
    assert (
        translator(lambda *_: ["Mường La District has 3 schools."])[0]
        .translate(["Huyện Mường La có 3 trường."])[0]
        .text
        == "Muong La District has 3 schools."
    )


def test_terms_are_reported_and_plainly_wrong_ones_mended():
    (found,) = translator(lambda *_: ["The UBND of the district has approved the plan."])[0].translate(
        ["UBND huyện đã phê duyệt đề án."]
    )
    assert "UBND" not in found.text
    assert {use.status for use in found.terms} <= {"obeyed", "variant"}


HINTING = replace(ENTRY, tasks={"translate": PromptFormat(prefix=("<t>",), hints=("<1>", "<2>", "<3>"))})


def test_terms_travel_as_hints_for_models_that_know_them():
    service, engine = translator(lambda *_: [GOOD], HINTING)
    service.translate([SOURCE])
    assert "<1>" in engine.prompts[0] and "<2>" in engine.prompts[0]


def test_a_name_that_got_lost_is_given_as_a_hint():
    source = "Huyện Mường La làm xong cầu Nậm Nghẹp."

    def answer(text, _):
        told = "Nam Nghep" in text
        return ["Muong La District completed the " + ("Nam Nghep Bridge." if told else "bridge.")]

    service, engine = translator(answer, HINTING)
    assert service.translate([source])[0].text == "Muong La District completed the Nam Nghep Bridge."
    assert len(engine.prompts) == 2 and "Nậm Nghẹp" in engine.prompts[0]


def test_a_word_that_was_left_in_vietnamese_is_given_as_a_hint():
    hinted = replace(ENTRY, tasks={"translate": PromptFormat(prefix=("<t>",), hints=("[", "|", "]"))})
    source = "Cả làng có 84 lò sấy."

    def answer(text, _):
        return (
            ["The village has 84 drying kilns."] if "[ lò | kilns ]" in text else ["The village has 84 lò."]
        )

    made, engine = translator(answer, hinted)
    (found,) = made.translate([source])
    assert found.text == "The village has 84 drying kilns."
    assert "words as hints" in found.fallback
    assert not any("sấy |" in prompt for prompt in engine.prompts)


def test_ordinary_words_are_hinted_but_not_reported_as_terms():
    hinted = replace(ENTRY, tasks={"translate": PromptFormat(prefix=("<t>",), hints=("[", "|", "]"))})
    made, engine = translator(lambda *_: ["Hail fell."], hinted)
    (found,) = made.translate(["Mưa đá rơi."])
    assert engine.prompts[0] == "[ Mưa đá | hail ] rơi."
    assert found.terms == ()


def test_what_hints_confuse_is_translated_without_them():
    service, _ = translator(lambda text, _: [WRONG if "<1>" in text else GOOD], HINTING)
    (found,) = service.translate([SOURCE])
    assert found.text == GOOD and "without" in found.fallback


@pytest.mark.parametrize("text", ["\u202e đảo chữ", "a" * 5000, "<1> <eos>", "🙂"])
def test_odd_text_does_not_break(text):
    assert translator(lambda t, _: ["Fine."])[0].translate([text])[0].source == text
