import io
import json
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.app.downloads import save_files, terms_to_csv, to_docx, to_json, to_txt, unguarded


def test_every_format_holds_title_summary_translation_and_alerts(report):
    document = Document(io.BytesIO(to_docx(report, "vi")))
    word = "\n".join(p.text for p in document.paragraphs)
    for text in (word, to_txt(report, "vi").decode(), to_json(report, "vi").decode()):
        for wanted in (report.article.title, report.translation.sentences[0].text, report.alerts[0].message):
            assert wanted in text
    assert json.loads(to_json(report, "vi"))["schema"] == 1


def test_a_word_file_can_be_made_of_characters_that_xml_cannot_hold(report):
    article = replace(report.article, title="a\x00b\x0b\ufffe<&>")
    document = Document(io.BytesIO(to_docx(replace(report, article=article), "en")))
    assert document.paragraphs[0].text == "ab<&>"


def test_file_names_hold_nothing_of_the_text(report):
    paths = save_files(replace(report, article=replace(report.article, title="../../etc/passwd")), "en")
    assert [p.rsplit("/", 1)[1] for p in paths] == ["ntmsum.txt", "ntmsum.docx", "ntmsum.json"]


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-2", "@cmd", "\t=1"])
def test_no_cell_reads_as_a_formula(cell):
    line = terms_to_csv([[cell, "plain"]]).splitlines()[1]
    assert line.lstrip('"').startswith("'")


@given(st.text(st.characters(exclude_categories=["C"])))
def test_a_guarded_cell_comes_back_as_it_was(cell):
    import csv

    rows = list(csv.reader(io.StringIO(terms_to_csv([[cell, "x"]]))))
    assert unguarded(rows[1][0]) == cell
