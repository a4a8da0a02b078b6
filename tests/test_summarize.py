from dataclasses import replace

import pytest

from ntmsum.normalize import normalize
from ntmsum.summarize import LENGTHS, SENTENCES, Summarizer
from ntmsum.words import syllables
from scripted import ENTRY, ScriptedEngine

TEXT = (
    "Nậm Păm về đích nông thôn mới\n\n"
    "Sáng 12/4, UBND huyện Mường La công bố quyết định công nhận xã Nậm Păm đạt chuẩn NTM năm 2023. "
    "Bốn năm qua, xã huy động 86,4 tỷ đồng để làm 27 km đường bản và 9 nhà văn hóa.\n\n"
    "Ông Lò Văn Thoa, Chủ tịch UBND xã, cho biết thu nhập bình quân đã đạt 41,5 triệu đồng/người/năm. "
    "Tỷ lệ hộ nghèo giảm từ 38% xuống 11,2%. Xã phấn đấu có thêm 2 bản kiểu mẫu vào năm 2025."
)
ARTICLE = normalize(TEXT)
# One sentence, too long for a short summary, with no part that could be cut off.
ENDLESS = normalize(
    "Chiều 5/6 tại hội trường lớn của trung tâm huyện lỵ Mường La những người đứng đầu mười bốn xã cùng nhiều cán bộ "
    "phòng ban đã ký cam kết giữ vững tiêu chí môi trường và thu gom toàn bộ rác thải sinh hoạt."
)
SHORT = "Những người đứng đầu mười bốn xã đã ký cam kết giữ vững tiêu chí môi trường."
LAST_RESORT = replace(ENTRY, last_resort=True)


def summarize(*texts, length="medium", article=ARTICLE, entry=ENTRY):
    engine = ScriptedEngine(lambda *_: texts, lambda *_: [])
    return Summarizer(engine, entry).summarize([article], length)[0], engine


@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_a_summary_has_the_length_asked_for(length):
    text = TEXT + "\n\n" + " ".join(
        f"Bản Hua Nậm {i} làm {i + 3} km đường, trồng {i * 7} ha sơn tra và sửa {i + 1} nhà văn hóa trong năm 2023."
        for i in range(1, 12)
    )  # fmt: skip
    summary, _ = summarize("…", length=length, article=normalize(text))
    low, high = LENGTHS[length]
    assert low <= len(syllables(summary.text)) <= 1.15 * high
    assert len(summary.sentences) <= SENTENCES[length]


def test_the_news_is_told_and_speech_and_headline_are_not():
    summary, _ = summarize("…")
    assert "đạt chuẩn NTM năm 2023" in summary.text and "86,4 tỷ đồng" in summary.text
    assert "về đích nông thôn mới" not in summary.text


def test_a_bare_place_is_named_once():
    summary, _ = summarize("…", length="short", article=normalize(
        "Làm đường ở vùng cao\n\nHuyện Mường La họp bàn việc làm đường trong năm tới ở các xã.\n\n"
        "Đến ngày 12/4, toàn huyện có 14/16 xã làm xong đường trục, tổng vốn 86,4 tỷ đồng."
    ))  # fmt: skip
    assert summary.text.startswith("Đến ngày 12/4, toàn huyện Mường La có 14/16 xã")


@pytest.mark.parametrize(
    "text",
    [
        "Xã Nậm Păm đạt chuẩn nông thôn mới sau bốn năm huy động 864 tỷ đồng làm 27 km đường bản.",
        "Xã Nậm Păm đạt chuẩn, xã Nậm Păm đạt chuẩn, xã Nậm Păm đạt chuẩn nông thôn mới.",
        "The commune has met the standards of the programme.",
        "86,4.",
        "Xã Nậm Păm đã có thêm 2 bản kiểu mẫu vào năm 2025.",
    ],
)
@pytest.mark.parametrize("length", ["short", "medium"])
def test_what_a_model_makes_up_never_reaches_the_summary(text, length):
    summary, engine = summarize(text, length=length)
    assert engine.prompts and text not in summary.text and summary.sentences
    assert not summary.faults


def test_a_models_text_is_the_summary_where_the_article_warrants_all_of_it():
    first = "Xã Nậm Păm huy động 86,4 tỷ đồng, làm 27 km đường bản và 9 nhà văn hóa."
    second = "Tỷ lệ hộ nghèo giảm từ 38% xuống 11,2%."
    invented = "Tỷ lệ hộ nghèo giảm từ 38% xuống 1,2%."
    summary, _ = summarize(f"{first} {invented}", f"{first} {second}", second)
    assert [s.text for s in summary.sentences] == [first, second]
    assert not summary.fallback and summary.tokens_dropped == 0


def test_a_model_reads_all_that_it_can_and_what_it_does_not_read_is_counted():
    filler = " ".join(f"Bản thứ {i} làm {i + 2} km đường và trồng {i + 5} ha rừng." for i in range(60))
    said = "Bản thứ 3 làm 5 km đường và trồng 8 ha rừng."
    summary, engine = summarize(said, article=normalize(f"Làm đường\n\n{filler}"))
    assert 0.8 * ENTRY.read_tokens < len(engine.prompts[0].split()) <= ENTRY.read_tokens
    assert list(summary.read) == sorted(summary.read)
    assert summary.text == said and 0 < summary.tokens_dropped < summary.tokens


def test_a_model_of_last_resort_is_not_asked_where_the_articles_words_fit():
    summary, engine = summarize("…", entry=LAST_RESORT)
    assert not engine.prompts and summary.read == () and not summary.fallback


def test_a_model_of_last_resort_is_asked_where_no_sentence_fits():
    summary, engine = summarize(SHORT, length="short", article=ENDLESS, entry=LAST_RESORT)
    assert summary.text == SHORT and engine.prompts and summary.read == (0,)
    assert summary.fallback
    assert summary.sentences[0].evidence == (0,)


def test_the_model_reads_abbreviations_written_out():
    _, engine = summarize("…")
    assert "đạt chuẩn nông thôn mới năm 2023" in engine.prompts[0] and "NTM" not in engine.prompts[0]


def test_every_sentence_names_what_it_rests_on():
    summary, _ = summarize("…", length="long")
    for sentence in summary.sentences:
        first = ARTICLE.sentences[sentence.evidence[0]].text
        assert set(syllables(sentence.text)) - {"mường", "la", "nậm", "păm"} <= set(syllables(first))


def test_news_at_the_end_of_a_long_article_is_found():
    filler = " ".join(f"Câu thứ {i} kể chuyện khác của bản làng vùng cao." for i in range(150))
    last = "Đến hết ngày 12/4, toàn huyện Mường La có 14/16 xã về đích nông thôn mới, tổng vốn 986,4 tỷ đồng."
    summary, _ = summarize("…", length="short", article=normalize(f"Về đích\n\n{filler}\n\n{last}"))
    assert summary.text == last and summary.tokens_dropped == 0


def test_what_a_model_reads_fits_it():
    long = " ".join(
        f"Năm {2000 + i}, xã làm {i + 3} km đường và trồng {i * 7} ha rừng"
        + " keo lai xen cây quế" * 12
        + "."
        for i in range(9)
    )
    _, engine = summarize("…", length="long", article=normalize(f"Làm đường\n\n{long}"))
    assert len(engine.prompts[0].split()) <= ENTRY.read_tokens


def test_articles_are_summarized_together_and_in_order():
    other = normalize(
        "Giá vải tăng\n\nGiá vải thiều tại huyện Lục Ngạn sáng nay lên 32.000 đồng/kg, tăng 4.000 đồng so với hôm qua."
    )
    service = Summarizer(ScriptedEngine(lambda *_: ["…"], None), ENTRY)
    together = service.summarize([ARTICLE, other, ARTICLE], "short")
    assert together == [service.summarize([a], "short")[0] for a in (ARTICLE, other, ARTICLE)]
    assert "32.000 đồng/kg" in together[1].text
    assert service.summarize([]) == []


@pytest.mark.parametrize("text", ["Một câu.", "Câu không có dấu chấm", "“Nói thế thôi”", "Ai đã đi Nậm Păm?"])
def test_the_smallest_article_has_a_summary(text):
    assert summarize("…", article=normalize(text))[0].sentences


def test_one_sentence_alone_is_the_lead():
    lead = "Sáng 12/4, huyện Mường La công bố quyết định công nhận xã Nậm Păm đạt chuẩn NTM năm 2023."
    figures = (
        "Thu nhập bình quân của xã Nậm Păm đã đạt 41,5 triệu đồng, tỷ lệ hộ nghèo giảm còn 11,2% năm 2023."
    )
    short, _ = summarize("…", length="short", article=normalize(f"Nậm Păm về đích\n\n{lead} {figures}"))
    assert short.text == lead
