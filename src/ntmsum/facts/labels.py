"""Numbers that name rather than count: documents, roads, grades, ordinals, and codes such as ST25."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from ntmsum.facts.found import Found
from ntmsum.facts.numbers import read_figure
from ntmsum.facts.quantities import read_code
from ntmsum.facts.tables import Grammar
from ntmsum.facts.tokens import FIGURE, MARK, WORD, Token, fields, glued, is_year
from ntmsum.facts.units import unit_at

# 26-NQ/TW · 1600/QĐ-TTg · 15/2021/NQ-HĐND · 04-CTr/TU · 35/2020/QH14
_DOCUMENT = re.compile(
    r"([0-9]{1,6})(?:/([0-9]{4}))?[-/]([A-ZĐ][A-Za-zĐđ]{0,9}[0-9]{0,2}(?:[-/.][A-ZĐ][A-Za-zĐđ]{0,9}[0-9]{0,2}){0,4})"
)
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_CODE = re.compile(r"[^\W\d_]{1,5}[0-9]{1,4}[^\W\d_]?")
_HIGHEST_GRADE = 12
_LABELS_OF_VALUE = frozenset({"số", "no", "number"})


ROMANS = frozenset(tens + ones for tens in ("", "X", "XX", "XXX") for ones in _ROMAN_VALUES) - {""}


def roman(numeral: str) -> int | None:
    """The value of an upper-case Roman numeral up to XXXIX."""
    match = _ROMAN.fullmatch(numeral)
    value = len(match[1]) * 10 + _ROMAN_VALUES[match[2]] if match else 0
    return value or None


def read_document(text: str, tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """A document by its code, at the code or at the label before it; without a code by label and number."""
    label = grammar["document"].at(tokens, i)
    k = label[1] if label else i
    k += label is not None and tokens[k].word in _LABELS_OF_VALUE
    nested = grammar["document"].at(tokens, k) if label else None  # "Quyết định QĐ 1600"
    k = nested[1] if nested else k
    if tokens[k].kind != FIGURE:
        return None
    if match := _DOCUMENT.match(text, tokens[k].start):
        code = _fold(match[3])
        kinds = [grammar["document code"].at([*tokenlike(part)], 0) for part in re.split(r"[-/.]", code)]
        kind = next((kind[0] for kind in kinds if kind), None)
        if kind:
            end = k
            while tokens[end].kind in (WORD, FIGURE, MARK) and tokens[end].start < match.end():
                end += 1
            return Found(
                "document", (match[1].lstrip("0") or "0", match[2], code), label[0] if label else kind, end
            )
    if label is None:
        return None
    numbered = tokens[k - 1].word in ("số", ".", "no", "number")
    parts, _ = fields(tokens[k].word)
    hangs = glued(tokens, k + 1) and tokens[k + 1].kind == WORD
    if not (numbered or tokens[i].capital) or hangs or is_year(parts[0]):
        return None
    if not numbered and (unit_at(tokens, k + 1, grammar) or tokens[k + 1].word in grammar.numerals):
        return None
    year = parts[1] if len(parts) == 2 and is_year(parts[1]) else None
    if not parts[0].isdigit() or len(parts) > 1 + (year is not None) or len(parts[0]) > 6:
        return None
    return Found("document", (parts[0].lstrip("0") or "0", year, None), label[0], k + 1)


def tokenlike(word: str) -> list[Token]:
    """A bare word as a list that phrase tables can look at."""
    return [Token(word.rstrip("0123456789").lower(), WORD, 0, 0, False)] + [Token("", MARK, 0, 0, False)] * 8


def _fold(code: str) -> str:
    plain = unicodedata.normalize("NFD", code.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)).upper().replace(".", "-")


def read_road(tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "Quốc lộ 1A", "QL.1A", "QL1A", "National Highway 1A"."""
    road = grammar["road"].at(tokens, i)
    if road and tokens[road[1]].kind == FIGURE:
        k = road[1]
        if not tokens[k].word.isdigit():
            return None
        code = read_code(tokens, k)
        return Found("document", code.value, road[0], code.end)
    name = tokens[i].word
    letters = name.rstrip("0123456789abc")
    prefix = grammar["glued road"].at(tokenlike(letters), 0) if len(letters) < len(name) <= 8 else None
    return Found("document", (name[len(letters) :].upper(), None, None), prefix[0], i + 1) if prefix else None


def read_grade(text: str, tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "loại IV", "cấp 3", "grade-IV", "Class 4"."""
    label = grammar["grade"].at(tokens, i)
    if label is None:
        return None
    k = label[1]
    k += tokens[k].word == "-" and glued(tokens, k)
    value = _roman_at(text, tokens, k)
    if value is None:
        figure = tokens[k].word if tokens[k].kind == FIGURE else ""
        if not (len(figure) <= 2 and figure.isdigit() and 0 < int(figure) <= _HIGHEST_GRADE):
            return None
        hangs = glued(tokens, k + 1) and tokens[k + 1].kind == WORD
        counts = tokens[k + 1].word in grammar.numerals or _counts(tokens, k + 1, grammar)
        if hangs or (counts and label[0] != "before noun"):  # "grade 9 students", but not "cấp 5 máy bơm"
            return None
        value = int(figure)
    return Found("grade", Decimal(value), None, k + 1)


def _counts(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """True before a counted noun; "lớp 10 tháng 6" and "lớp 8 Trường …" count nothing."""
    unit = unit_at(tokens, i, grammar)
    if unit is None or (tokens[i].capital and tokens[i].kind == WORD):
        return False
    return not (unit[0] == "month" and tokens[unit[1]].kind == FIGURE)


def read_ordinal(text: str, tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """ "lần thứ XII", "khóa XIII", "thế kỷ 21", "15th", "the 21st century", "third"."""
    token = tokens[i]
    if token.kind == FIGURE:
        after = tokens[i + 1].word
        if grammar.lang == "en" and after in grammar["ordinal ending"] and glued(tokens, i + 1):
            value = read_figure(token.word, "en")
            return _ordinal(tokens, value, i + 2) if value is not None else None
        return None
    if label := grammar["ordinal label"].at(tokens, i):
        value_at = _roman_at(text, tokens, label[1])
        figure = tokens[label[1]]
        if value_at is None and label[0] == "century" and figure.word.isdigit() and len(figure.word) <= 2:
            value_at = int(figure.word)
        if value_at:
            unit = "century" if label[0] == "century" else None
            return Found("ordinal", Decimal(value_at), unit, label[1] + 1)
        return None
    if grammar.lang == "en":
        value_at = _roman_at(text, tokens, i) if tokens[i - 1].word == "the" and len(token.word) > 1 else None
        if value_at:  # "the XII Congress"
            return _ordinal(tokens, Decimal(value_at), i + 1)
        word = grammar["ordinal"].at(tokens, i)
        return _ordinal(tokens, Decimal(word[0]), word[1], certain=False) if word else None
    if token.word != "thứ":
        return None
    value_at = _roman_at(text, tokens, i + 1)
    figure = tokens[i + 1]
    if value_at is None and figure.kind == FIGURE and figure.word.isdigit() and len(figure.word) <= 3:
        value_at = int(figure.word)
    if value_at:
        return Found("ordinal", Decimal(value_at), None, i + 2)
    word = grammar["ordinal"].at(tokens, i + 1)
    if word is None or figure.capital or tokens[i - 1].word not in grammar["before ordinal"]:
        return None
    return Found("ordinal", Decimal(word[0]), None, word[1], certain=False)


def _ordinal(tokens: list[Token], value: Decimal, end: int, *, certain: bool = True) -> Found:
    if tokens[end].word in ("century", "centuries"):
        return Found("ordinal", value, "century", end + 1)
    return Found("ordinal", value, None, end, certain)


def _roman_at(text: str, tokens: list[Token], k: int) -> int | None:
    token = tokens[k]
    if token.kind != WORD or not token.capital or token.end - token.start > 6:
        return None
    return roman(text[token.start : token.end])


def read_name(text: str, tokens: list[Token], i: int, grammar: Grammar) -> Found | None:
    """Words with figures inside (ST25, A80, H5N1) as codes; names such as COVID-19 are skipped whole."""
    token = tokens[i]
    raw = text[token.start : token.end] if token.end - token.start <= 16 else ""
    if _CODE.fullmatch(raw) and token.capital:
        end = i + 1
        if tokens[end].word in (",", ".") and tokens[end + 1].kind == FIGURE and glued(tokens, end + 1):
            end += 2  # "PM2.5" and "PM2,5" are one name
        name = ".".join([raw.upper(), *(token.word for token in tokens[i + 2 : end])])
        return Found("document", (name, None, None), "code", end)
    dash = tokens[i + 1].word in ("-", "–")
    figure = i + 1 + dash
    named = grammar["numbered name"].at(tokens, i)
    if named and tokens[figure].kind == FIGURE:
        if tokens[figure].word == named[0]:
            return Found(None, None, None, figure + 1)
        # "Covid-18": the usual number belongs to the name, any other is worth a look.
        return Found("document", (f"{raw.upper()}-{tokens[figure].word}", None, None), "code", figure + 1)
    if dash and tokens[figure].kind == FIGURE and glued(tokens, i + 1) and glued(tokens, figure):
        return Found(None, None, None, figure + 1) if token.word not in ("mid", "pre", "post") else None
    return None
