"""The evaluation set keeps what its card promises."""

import re
from collections import defaultdict

import pytest

from ntmsum.evaluation.articles import read_articles
from ntmsum.evaluation.regional import choose_articles
from ntmsum.facts import extract_facts, match_facts
from ntmsum.normalize import normalize, split_sentences, to_tones
from ntmsum.normalize.syllables import parse_syllable
from ntmsum.words import ngrams, syllables

THEMES = {
    "new-rural-development",
    "agriculture-prices",
    "floods-storms",
    "roads-bridges",
    "schools",
    "health",
    "budget-land",
    "courts-accidents",
    "festivals-crafts",
    "digital-government",
}
LONGEST_SHARED_RUN = 7
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MARKED = re.compile(r"[ăâđêôơưà-ỹ]")
ALL = read_articles()
each_article = pytest.mark.parametrize("article", ALL, ids=lambda a: a.id)


def test_size_and_spread():
    assert len(ALL) >= 100
    assert len({a.id for a in ALL}) == len(ALL)
    assert len({a.province for a in ALL}) >= 25
    assert {a.theme for a in ALL} == THEMES
    assert {a.era for a in ALL} == {"pre-2025", "post-2025"}
    assert sum(bool(a.summary_en_2) for a in ALL) >= 40


def test_the_fixed_subset_is_spread_like_the_set_and_holds_nothing_held_out():
    subset = choose_articles(quick=True)
    assert len(subset) == 12
    assert {a.theme for a in subset} == THEMES
    assert {a.era for a in subset} == {"pre-2025", "post-2025"}
    assert len({a.province for a in subset}) >= 10
    assert not any(a.held_out for a in subset)
    means = [sum(len(syllables(a.article)) for a in some) / len(some) for some in (subset, ALL)]
    assert abs(means[0] - means[1]) < 30


def test_a_quarter_is_held_out():
    assert [a.id for a in ALL if a.held_out] == [f"rn-{n:03}" for n in range(76, 101)]


@each_article
def test_article_opens_with_its_title_and_has_a_news_length(article):
    assert article.article.startswith(article.title + "\n\n")
    assert 150 <= len(syllables(article.article)) <= 1000


@each_article
def test_key_facts_stand_in_the_article_and_in_the_references(article):
    assert article.key_facts
    for fact in article.key_facts:
        assert fact.vi in article.article
        assert fact.vi in article.summary_vi
        assert fact.en.lower() in article.summary_en.lower()


@each_article
def test_every_figure_of_the_summary_stands_in_the_article(article):
    assert set(_FIGURE.findall(article.summary_vi)) <= set(_FIGURE.findall(article.article))


@each_article
def test_references_run_sentence_by_sentence(article):
    sizes = {len(split_sentences(text)) for text in (article.summary_vi, *article.references_en)}
    assert sizes in ({2}, {3})


@each_article
def test_marked_syllables_are_spelled_like_vietnamese_with_old_tone_marks(article):
    words = re.findall(r"[^\W\d_]+", article.article)
    odd = {w for w in words if w.islower() and _MARKED.search(w) and parse_syllable(w) is None}
    assert odd == set()
    assert to_tones(article.article, "old") == article.article


def test_no_two_articles_share_a_run_of_words():
    size = LONGEST_SHARED_RUN + 1
    owners = defaultdict(set)
    for article in ALL:
        words = syllables(article.article)
        for i in range(len(words) - size + 1):
            owners[" ".join(words[i : i + size])].add(article.id)
    assert {run for run, ids in owners.items() if len(ids) > 1} == set()


def test_summaries_agree_with_their_articles():
    claims = wrong = 0
    for article in ALL:
        matching = match_facts(extract_facts(article.summary_vi, "vi"), extract_facts(article.article, "vi"))
        claims += len(matching.pairs) + len(matching.unsupported)
        wrong += len(matching.unsupported)
    assert wrong / claims < 0.02


@pytest.mark.parametrize("which", [0, 1], ids=["first", "second"])
def test_english_references_agree_with_the_vietnamese_ones(which):
    claims = wrong = missing = wanted = 0
    for article in ALL:
        for english in article.references_en[which : which + 1]:
            facts = extract_facts(article.summary_vi, "vi")
            matching = match_facts(extract_facts(english, "en"), facts)
            claims += len(matching.pairs) + len(matching.unsupported)
            wrong += len(matching.unsupported)
            missing += len(matching.missing)
            wanted += sum(f.certain for f in facts)
    assert wrong / claims < 0.01
    assert missing / wanted < 0.02


def test_second_references_are_worded_independently():
    for article in ALL:
        if article.summary_en_2:
            first, second = (ngrams(syllables(text), 4) for text in article.references_en)
            assert (first & second).total() / second.total() < 0.4


@each_article
def test_numbers_names_and_terms_are_among_the_key_facts(article):
    assert {f.kind for f in article.key_facts} == {"numbers", "names", "terms"}
    assert len(article.key_facts) >= 7


def test_every_article_says_what_a_wrong_reading_would_be():
    assert len({a.misreading for a in ALL}) == len(ALL)
    assert all(len(a.misreading.split()) >= 10 for a in ALL)


def test_most_articles_quote_somebody():
    assert sum("“" in a.article or '"' in a.article for a in ALL) >= 80


@each_article
def test_a_clean_article_is_read_without_loss(article):
    found = normalize(article.article)
    assert found.title == article.title
    assert not found.removed
    assert not found.notes
