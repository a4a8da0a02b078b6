import pytest

from ntmsum.app.revise import put_back, rewrite_summary, rewrite_translation, summarize_again
from ntmsum.article import Removal, Span
from ntmsum.errors import InputError


def test_put_back_text_stands_where_it_stood(report):
    article = put_back(report.article, [1])
    assert article.sentences[-1].text == "Ảnh: Lê Hoài"
    assert [r.rule for r in article.removed] == ["dateline-brackets"]
    both = put_back(report.article, [0, 1])
    starts = [s.span.start for s in both.sentences]
    assert starts == sorted(starts)
    assert both.removed == ()
    for sentence in both.sentences:
        assert both.source[sentence.span.start : sentence.span.end].split()[0] == sentence.text.split()[0]
    assert [s.paragraph for s in both.sentences] == sorted(s.paragraph for s in both.sentences)


def test_put_back_text_of_several_sentences_stays_one_paragraph(report):
    text = "Câu một. Câu hai."
    article = report.article
    removal = Removal("share-bar", text, Span(0, len(text)))
    changed = put_back(type(article)(article.source, None, article.sentences[1:], (removal,)), [0])
    assert [s.text for s in next(changed.paragraphs())] == ["Câu một.", "Câu hai."]


def test_the_article_is_not_normalized_again(stub, report):
    article = put_back(report.article, [1])
    *_, again = summarize_again(article, "short", stub)
    assert again.article is article
    assert again.summary.length == "short"


def test_only_changed_sentences_are_translated_again(stub, report, engine):
    engine.prompts.clear()
    first, second = (s.text for s in report.summary.sentences)
    *_, last = rewrite_summary(report, f"{first}\nMỗi gian được hỗ trợ 3,5 triệu đồng.", stub)
    assert len(engine.prompts) == 1
    assert last.translation.sentences[0] is report.translation.sentences[0]
    assert last.summary.sentences[1].evidence
    assert last.alerts == ()
    assert second not in last.summary.text


def test_an_invented_figure_in_an_edited_summary_is_told(stub, report):
    *_, last = rewrite_summary(report, "Huyện Yên Phú có 99 gian hàng.", stub)
    assert any("99" in a.message and a.kind == "number" for a in last.alerts)


def test_an_emptied_summary_is_refused(stub, report):
    with pytest.raises(InputError, match="empty"):
        list(rewrite_summary(report, " \n ", stub))


def test_an_edited_translation_is_checked(stub, report):
    english = [s.text for s in report.translation.sentences]
    mended = rewrite_translation(
        report, "\n\n".join([english[0], "Each stall receives VND 3.5 million."]), stub.checker
    )
    assert mended.alerts == ()
    wrong = rewrite_translation(report, "\n".join([english[0].replace("46", "64"), english[1]]), stub.checker)
    assert {a.where.sentence for a in wrong.alerts} == {0, 1}


@pytest.mark.parametrize("lines", ["", "One line only.", "One.\nTwo.\nThree."])
def test_a_translation_that_does_not_pair_up_is_refused(stub, report, lines):
    with pytest.raises(InputError, match="one line for each sentence"):
        rewrite_translation(report, lines, stub.checker)
