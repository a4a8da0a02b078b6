import json

import datasets
import pytest

from ntmsum.errors import DataError
from ntmsum.evaluation.readers import layout_names, read_pairs, read_summaries

VI = ["Cầu mới đã thông xe.", "Giá lúa tăng 5%."]
EN = ["The new bridge is open.", "Rice prices rose 5%."]


def put(folder, files):
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


LAYOUTS = {
    "flores": ("devtest/vie_Latn.devtest", "devtest/eng_Latn.devtest"),
    "ntrex": ("NTREX-128/newstest2019-ref.vie.txt", "NTREX-128/newstest2019-src.eng.txt"),
    "iwslt15": ("tst2013.vi", "tst2013.en"),
    "vlsp": ("data/indomain-news/tst.vi", "data/indomain-news/tst.en"),
    "phomt": ("PhoMT/detokenization/test/test.vi", "PhoMT/detokenization/test/test.en"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_public_translation_sets_are_read_in_their_layout(layout, tmp_path):
    vi, en = LAYOUTS[layout]
    items = read_pairs(put(tmp_path, {vi: VI, en: EN}), layout)
    assert [(i.source, i.references) for i in items] == [(v, (e,)) for v, e in zip(VI, EN, strict=True)]


def test_every_layout_is_tried():
    assert set(layout_names("translation")) == {*LAYOUTS, "datasets"}
    assert layout_names("summarization") == ["vietnews", "wikilingua"]


def test_flores_plus_in_json_lines(tmp_path):
    rows = {
        f"devtest/{lang}_Latn.jsonl": [json.dumps({"id": i, "text": t}) for i, t in enumerate(texts)]
        for lang, texts in (("vie", VI), ("eng", EN))
    }
    assert [i.source for i in read_pairs(put(tmp_path, rows), "flores")] == VI


@pytest.mark.parametrize(
    ("columns", "folder"),
    [
        ({"translation": [{"vi": v, "en": e} for v, e in zip(VI, EN, strict=True)]}, "set/test"),
        ({"sentence_vie_Latn": VI, "sentence_eng_Latn": EN}, "set"),
        ({"vi": VI, "en": EN}, "set"),
    ],
    ids=["translation", "flores", "columns"],
)
def test_pairs_stored_by_datasets(columns, folder, tmp_path):
    datasets.Dataset.from_dict(columns).save_to_disk(tmp_path / folder)
    items = read_pairs(tmp_path / "set", "datasets")
    assert [(i.source, i.references) for i in items] == [(v, (e,)) for v, e in zip(VI, EN, strict=True)]


def test_public_sets_stored_by_datasets(tmp_path):
    for lang, texts in (("vie", VI), ("eng", EN)):
        datasets.Dataset.from_dict({"text": texts}).save_to_disk(tmp_path / f"{lang}_Latn")
    assert [i.source for i in read_pairs(tmp_path, "flores")] == VI
    rows = {"source": ["Bài dài."], "target": ["Tóm tắt."]}
    datasets.Dataset.from_dict(rows).save_to_disk(tmp_path / "lingua" / "test")
    assert read_summaries(tmp_path / "lingua", "wikilingua")[0].references == ("Tóm tắt.",)


def test_a_stored_data_set_without_pairs_is_named(tmp_path):
    datasets.Dataset.from_dict({"text": VI}).save_to_disk(tmp_path / "set")
    with pytest.raises(DataError, match="neither a column translation"):
        read_pairs(tmp_path / "set", "datasets")


def test_tsv_may_have_several_references(tmp_path):
    path = put(tmp_path, {"set.tsv": [f"{VI[0]}\t{EN[0]}\tThe bridge has opened."]}) / "set.tsv"
    assert read_pairs(path)[0].references == (EN[0], "The bridge has opened.")


def test_vietnews_is_joined_as_it_was_printed(tmp_path):
    text = [
        "Cầu mới ở Hải_Hà",
        "",
        "Cây cầu ( dài 12 m ) đã thông_xe .",
        "",
        "Sáng nay , cầu mở .",
        "Xe chạy .",
        "",
        "Ảnh",
    ]
    item = read_summaries(put(tmp_path, {"test_tokenized/000001.txt.seg": text}), "vietnews")[0]
    assert item.id == "000001"
    assert item.source == "Cầu mới ở Hải Hà\n\nSáng nay, cầu mở. Xe chạy."
    assert item.references == ("Cây cầu (dài 12 m) đã thông xe.",)


@pytest.mark.parametrize(
    ("layout", "name", "row"),
    [
        ("jsonl", "set.jsonl", {"id": "a", "article": "Bài dài.", "summary": "Tóm tắt."}),
        ("wikilingua", "vietnamese/test.jsonl", {"id": "a", "source": "Bài dài.", "target": "Tóm tắt."}),
    ],
)
def test_summaries_in_json_lines(layout, name, row, tmp_path):
    put(tmp_path, {name: [json.dumps(row)]})
    path = tmp_path / name if layout == "jsonl" else tmp_path
    item = read_summaries(path, layout)[0]
    assert (item.id, item.source, item.references) == ("a", "Bài dài.", ("Tóm tắt.",))


@pytest.mark.parametrize(
    ("files", "layout", "message"),
    [
        ({"tst2013.vi": VI, "tst2013.en": EN[:1]}, "iwslt15", "2 Vietnamese and 1 English"),
        ({"tst2013.vi": VI, "tst2013.en": [EN[0], ""]}, "iwslt15", "pair 2 lacks a side"),
        ({"other.txt": VI}, "ntrex", "does not hold ntrex"),
        ({}, "nothing", "no translation layout 'nothing'"),
        ({}, "vietnews", "no translation layout 'vietnews'"),
    ],
)
def test_faulty_translation_sets_are_named(files, layout, message, tmp_path):
    with pytest.raises(DataError, match=message):
        read_pairs(put(tmp_path, files), layout)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (['{"article": "Bài."}'], "row 1 needs 'article' and 'summary'"),
        (['{"article": "Bài.", "summary": " "}'], "row 1 needs"),
        (['{"article"'], "not JSON"),
        (["[1]"], "no JSON object"),
        (['{"id": "a", "article": "B", "summary": "T"}'] * 2, "'a' twice"),
        ([""], "no articles"),
    ],
)
def test_faulty_summarization_sets_are_named(lines, message, tmp_path):
    with pytest.raises(DataError, match=message):
        read_summaries(put(tmp_path, {"set.jsonl": lines}) / "set.jsonl")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"no file .*set\.tsv"):
        read_pairs(tmp_path / "set.tsv")
