"""Text → facts: every place that could begin one is shown to the rules, the surest rule first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TypeAlias, cast

from ntmsum.article import Span
from ntmsum.facts.dates import read_clock, read_named_time, read_years, read_years_from_to
from ntmsum.facts.dates_en import (
    another_day,
    months_of_year_en,
    read_date_en,
    read_lunar_en,
    read_part_en,
    read_period_en,
)
from ntmsum.facts.dates_vi import (
    months_of_year_vi,
    read_date_vi,
    read_decade_vi,
    read_month_vi,
    read_part_vi,
    read_quarter_vi,
    read_year_vi,
)
from ntmsum.facts.fact import Date, Fact, Lang
from ntmsum.facts.found import Found
from ntmsum.facts.labels import ROMANS, read_document, read_grade, read_name, read_ordinal, read_road
from ntmsum.facts.quantities import read_quantity
from ntmsum.facts.tables import Grammar, load_grammar
from ntmsum.facts.tokens import BREAK, END, FIGURE, WORD, Token, glued, tokenize

Rule: TypeAlias = Callable[[str, list[Token], int, Grammar], Found | None]

_LONGEST_LIST_NUMBER = 2
_NEVER_FIRST = frozenset(
    {"linh", "lẻ", "and", "rưỡi", "rưởi", "không", "mươi", "trăm", "nghìn", "triệu", "tỷ"}
)


def extract_facts(text: str, lang: Lang) -> tuple[Fact, ...]:
    """What ``text`` claims in figures: numbers, amounts, dates, documents, as comparable values.

    Args:
        text: any text; NFC or NFD, any length; time grows linearly with it.
        lang: ``"vi"`` or ``"en"``, which decides what marks and words mean.

    Returns:
        Facts that do not overlap, in order; spans are code points of ``text``.
    """
    grammar = load_grammar(lang)
    tokens = tokenize(text)
    rules = _rules(lang)
    facts: list[Fact] = []
    i = 0
    while tokens[i].kind != END:
        token = tokens[i]
        found = None
        if token.kind == FIGURE:
            found = _next_day(tokens, i, facts, grammar) or _figure(text, tokens, i, grammar)
        else:
            for rule in rules.get(token.word, ()):
                if found := rule(text, tokens, i, grammar):
                    break
            if found is None and token.kind == WORD and _may_be_name(tokens, i):
                found = read_road(tokens, i, grammar) or read_name(text, tokens, i, grammar)
        if found is None:
            i += 1
            continue
        if found.kind is not None and found.value is not None:
            facts.append(_fact(text, tokens, i, found, grammar))
        i = found.end
    return tuple(facts)


def _may_be_name(tokens: list[Token], i: int) -> bool:
    """Cheap test: the word holds a figure ("ST25") or one hangs on its hyphen ("COVID-19")."""
    if not tokens[i].word.isalpha() or tokens[i + 1].kind == FIGURE:
        return True
    return tokens[i + 1].word in ("-", "–") and tokens[i + 2].kind == FIGURE and glued(tokens, i + 1)


@cache
def _rules(lang: Lang) -> Mapping[str, tuple[Rule, ...]]:
    """For each word that can begin a fact, the rules to try, the surest first."""
    grammar = load_grammar(lang)
    rules: list[tuple[Iterable[str], Rule]] = [
        (grammar["document"], read_document),
        (grammar["road"], _textless(read_road)),
        (grammar["grade"], read_grade),
    ]
    if lang == "vi":
        rules += [
            (grammar["position"], _textless(read_part_vi)),
            (grammar["day word"], _textless(read_date_vi)),
            (("tháng",), _textless(read_month_vi)),
            (("năm",), _textless(read_year_vi)),
            (("quý",), _textless(read_quarter_vi)),
            (("thập",), _textless(read_decade_vi)),
            (("thứ",), read_ordinal),
        ]
    else:
        romans = [numeral.lower() for numeral in ROMANS if len(numeral) > 1]
        quarters = ("q1", "q2", "q3", "q4", "quarter")
        rules += [
            (grammar["ordinal"], _textless(read_lunar_en)),
            (grammar["named time"], _textless(read_named_time)),
            ((*grammar["position"], "h1", "h2"), _textless(read_part_en)),
            ((*grammar["edge"], *grammar["ordinal"], *quarters), _textless(read_period_en)),
            (grammar["month"], _textless(read_date_en)),
            ((*grammar["ordinal"], *romans), read_ordinal),
        ]
    counting = set(grammar.numerals) - _NEVER_FIRST
    rules += [
        (grammar["ordinal label"], read_ordinal),
        (grammar["from"], _textless(read_years_from_to)),
        (
            (*counting, *grammar["named span"], *grammar["from"], *grammar["currency"], *grammar["times"]),
            _textless(_counted),
        ),
        (grammar["numbered name"], read_name),
    ]
    by_word: dict[str, list[Rule]] = defaultdict(list)
    for words, rule in rules:
        for word in words:
            if rule not in by_word[word]:
                by_word[word].append(rule)
    return {word: tuple(own) for word, own in by_word.items()}


def _textless(rule: Callable[[list[Token], int, Grammar], Found | None]) -> Rule:
    """A rule that reads tokens alone, in the common form."""
    return lambda text, tokens, i, grammar: rule(tokens, i, grammar)


def _figure(text: str, tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    if _numbers_list(tokens, i):
        return Found(None, None, None, i + 1)
    if found := read_document(text, tokens, i, grammar) or read_years(tokens, i):
        return found
    if found := read_clock(tokens, i, grammar):
        return found
    if grammar.lang == "vi":
        found = read_date_vi(tokens, i, grammar)
    else:
        found = (
            read_date_en(tokens, i, grammar)
            or read_lunar_en(tokens, i, grammar)
            or read_period_en(tokens, i, grammar)
            or read_ordinal(text, tokens, i, grammar)
        )
    return found or read_years_from_to(tokens, i, grammar) or _counted(tokens, i, grammar)


def _next_day(tokens: list[Token], i: int, facts: list[Fact], grammar: Grammar) -> Found | None:
    """The 16 of "September 15 and 16"."""
    if grammar.lang != "en" or not facts or tokens[i - 1].word not in ("and", ",", "&"):
        return None
    before = facts[-1]
    if before.text[-4:].isdigit():
        return None  # "By 8 August 2024, 10 of 10 communes": the year has closed the list
    if before.kind != "date" or before.span.end not in (tokens[i - 2].end, tokens[i - 3].end):
        return None
    return another_day(tokens, i, cast(Date, before.value), grammar)


def _counted(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    found = read_quantity(tokens, i, grammar)
    if found and found.unit == "month" and found.kind == "quantity":
        of_year = months_of_year_vi if grammar.lang == "vi" else months_of_year_en
        return of_year(tokens, found) or found
    return found


def _numbers_list(tokens: list[Token], i: int) -> bool:
    """True for "1." or "1)" at the start of a line."""
    opens_line = i == 0 or tokens[i - 1].kind == BREAK
    closes = tokens[i + 1].word in (".", ")") and glued(tokens, i + 1)
    spaced = not glued(tokens, i + 2) and tokens[i + 2].kind not in (BREAK, END)
    return opens_line and closes and spaced and len(tokens[i].word) <= _LONGEST_LIST_NUMBER


def _fact(text: str, tokens: list[Token], i: int, found: Found, grammar: Grammar) -> Fact:
    assert found.kind is not None and found.value is not None
    start = tokens[found.amount if found.amount is not None else i].start
    end = tokens[found.end - 1].end
    before = grammar["approx"].before(tokens, i)
    after = grammar["approx after"].at(tokens, found.end)
    inner = grammar["approx"].before(tokens, found.amount) if found.amount is not None else None
    approx = next((found[0] for found in (before, inner, after) if found), None)
    if found.kind in ("document", "grade", "ordinal"):
        approx = None
    return Fact(found.kind, found.value, found.unit, approx, text[start:end], Span(start, end), found.certain)
