from collections import Counter

import pytest

from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation.clean import CleanPair, clean_groups, read_clean_pairs, reference_pairs
from ntmsum.glossary import Glossary

HEAD = "id\tbatch\ttheme\tvi\ten\n"


def test_the_set_is_large_and_spread():
    pairs = read_clean_pairs()
    assert len(pairs) >= 150
    assert len({pair.vi for pair in pairs}) == len(pairs)
    assert min(Counter(pair.group for pair in pairs).values()) >= 30


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "a\t1\tx\tXã\t\n", ":2 needs"),
        ("id\tvi\ten\na\tXã\tCommune\n", ":2 needs"),
        (HEAD + "a\t1\tx\tXã\tCommune\na\t1\tx\tXã\tCommune\n", "twice"),
    ],
)
def test_a_malformed_file_is_named(tmp_path, text, says):
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says):
        read_clean_pairs(path)


def test_alarms_are_counted_by_group():
    pairs = [
        CleanPair("a", "one", "Xã có 48 căn nhà.", "The commune has 84 houses."),
        CleanPair("b", "one", "Xã có 48 căn nhà.", "The commune has 48 houses."),
        CleanPair("c", "two, held-out", "Xã có 48 căn nhà.", "The commune has 84 houses."),
    ]
    one, two = clean_groups(pairs, Checker(Glossary.official()))
    assert (one.name, one.n, one.errors, one.alarms, one.kinds) == ("one", 2, 1, 1, {"number": 1})
    assert [pair.id for pair, _ in one.examples] == ["a"]
    assert (two.alarms, two.examples) == (1, ())
    assert one.to_json()["false_alarms"] == 50


def test_references_are_paired_by_sentence(articles):
    pairs = list(reference_pairs(articles))
    assert {pair.group for pair in pairs} == {"references, tuned", "references, held-out"}
    assert len(pairs) > 2 * sum(len(a.references_en) for a in articles)


@pytest.mark.slow
def test_few_clean_sentences_are_alarmed_about():
    groups = clean_groups(read_clean_pairs(), Checker(Glossary.official()))
    assert sum(g.alarms for g in groups) / sum(g.n for g in groups) <= 0.02
