import pytest

from ntmsum.normalize import normalize
from ntmsum.summarize import LENGTHS, Summarizer
from ntmsum.words import syllables
from scripted import ENTRY, ScriptedEngine

ARTICLE = normalize(
    "Nậm Păm về đích nông thôn mới\n\n"
    "Sáng 12/4, UBND huyện Mường La công bố quyết định công nhận xã Nậm Păm đạt chuẩn NTM năm 2023. "
    "Bốn năm qua, xã huy động 86,4 tỷ đồng để làm 27 km đường bản và 9 nhà văn hóa.\n\n"
    "Ông Lò Văn Thoa, Chủ tịch UBND xã, cho biết thu nhập bình quân đã đạt 41,5 triệu đồng/người/năm. "
    "Tỷ lệ hộ nghèo giảm từ 38% xuống 11,2%. Xã phấn đấu có thêm 2 bản kiểu mẫu vào năm 2025."
)
GOOD = "Xã Nậm Păm đạt chuẩn nông thôn mới sau bốn năm huy động 86,4 tỷ đồng làm 27 km đường bản."
WRONG = "Xã Nậm Păm đạt chuẩn nông thôn mới sau bốn năm huy động 864 tỷ đồng làm 27 km đường bản."
LOOP = "Xã Nậm Păm đạt chuẩn, xã Nậm Păm đạt chuẩn, xã Nậm Păm đạt chuẩn nông thôn mới."


def summarize(*texts, retry=(), length="short", article=ARTICLE):
    engine = ScriptedEngine(lambda text, options: retry if options.no_repeat_ngram else texts, lambda *_: [])
    return Summarizer(engine, ENTRY).summarize([article], length)[0], engine


def test_the_hypothesis_with_the_articles_numbers_is_chosen():
    assert summarize(WRONG, GOOD)[0].text == GOOD


def test_a_wrong_number_is_kept_only_when_nothing_better_is_there():
    assert summarize(WRONG)[0].text == WRONG


def test_abbreviations_are_written_out_for_the_model():
    _, engine = summarize(GOOD)
    assert "đạt chuẩn nông thôn mới năm 2023" in engine.prompts[0]
    assert "NTM" not in engine.prompts[0]


def test_a_headline_is_closed_before_the_next_sentence():
    assert "về đích nông thôn mới. Sáng 12/4" in summarize(GOOD)[1].prompts[0]


def test_a_loop_is_decoded_again_and_said():
    summary, _ = summarize(LOOP, retry=(GOOD,))
    assert (summary.text, summary.faults) == (GOOD, ())
    assert "again" in summary.fallback


def test_a_loop_that_stays_is_flagged():
    assert summarize(LOOP, retry=(LOOP,))[0].faults == ("repetition",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [("The commune has met the standards of the programme.", "language"), ("86,4.", "empty")],
)
def test_degenerate_output_is_flagged(text, fault):
    assert fault in summarize(text, retry=(text,))[0].faults


def test_evidence_points_at_the_sentences_a_summary_rests_on():
    (sentence,) = summarize(GOOD)[0].sentences
    assert any("86,4 tỷ đồng" in ARTICLE.sentences[i].text for i in sentence.evidence)


def test_short_summaries_drop_sentences_beyond_their_length():
    more = "Thu nhập bình quân đạt 41,5 triệu đồng/người/năm và tỷ lệ hộ nghèo giảm từ 38% xuống 11,2%."
    summary, _ = summarize(f"{GOOD} {more}")
    assert summary.text == GOOD
    assert len(syllables(summary.text)) <= LENGTHS["short"][1]


def test_long_summaries_grow_from_what_they_do_not_cover_yet():
    more = "Tỷ lệ hộ nghèo của xã giảm từ 38% xuống 11,2%, thu nhập bình quân đạt 41,5 triệu đồng/người/năm."
    engine = ScriptedEngine(lambda text, _: [GOOD] if "27 km" in text else [more], lambda *_: [])
    summary = Summarizer(engine, ENTRY).summarize([ARTICLE], "long")[0]
    assert [s.text for s in summary.sentences] == [GOOD, more]
    assert "parts" in summary.fallback


def test_what_is_not_read_is_counted():
    filler = " ".join(f"Câu thứ {i} nói về chuyện khác của bản làng vùng cao." for i in range(100))
    article = normalize(ARTICLE.source + "\n\n" + filler)
    summary, engine = summarize(GOOD, article=article)
    assert summary.tokens_dropped > 0
    assert len(engine.prompts[0].split()) == summary.tokens - summary.tokens_dropped <= ENTRY.read_tokens
    assert len(summary.read) < len(article.sentences)
    assert summarize(GOOD)[0].tokens_dropped == 0


def test_articles_are_summarized_together_and_in_order():
    other = normalize(
        "Giá vải tăng\n\nTại huyện Lục Ngạn, giá vải thiều sáng nay lên 32.000 đồng/kg, tăng 4.000 đồng."
    )
    engine = ScriptedEngine(
        lambda text, _: [GOOD if "Nậm Păm" in text else "Giá vải thiều lên 32.000 đồng/kg."], None
    )
    summaries = Summarizer(engine, ENTRY).summarize([ARTICLE, other, ARTICLE], "short")
    assert [s.text[:3] for s in summaries] == ["Xã ", "Giá", "Xã "]
    assert Summarizer(engine, ENTRY).summarize([]) == []
