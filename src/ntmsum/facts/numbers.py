"""Figures and number words → values: 1.234,5 · 1 nghìn 2 trăm · one hundred and five · 2 tỷ rưỡi."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ntmsum.facts.fact import Lang
from ntmsum.facts.tables import Grammar
from ntmsum.facts.tokens import FIGURE, WORD, Token, glued

_ONE = Decimal(1)
_TEN = Decimal(10)
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
# Longer runs of digits are telephone or account numbers, not amounts.
_MOST_DIGITS = 15
_PLAIN = re.compile(r"[0-9]+")
_GROUPS = {mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in ".,"}
_FOLLOWS_ONLY_A_HUNDRED = frozenset({_HUNDRED, _THOUSAND})


class Amount(NamedTuple):
    """A number that was read.

    Args:
        value: what it says.
        end: index of the token after it.
        factor: the scale it was written in ("1,2 triệu" → 1000000), which a range or ratio may share; 1
            without one or with several.
        spelled: True when it begins with a word.
        simple: True for a single number word ("hai", "nine"), which may be no number at all.
    """

    value: Decimal
    end: int
    factor: Decimal = _ONE
    spelled: bool = False
    simple: bool = False


def read_figure(figure: str, lang: Lang) -> Decimal | None:
    """The value of digits with group and decimal marks, or None when it is no amount.

    Vietnamese groups with a point and divides with a comma, English the other way round. A mark that
    cannot be what the language means by it (``7.2`` in Vietnamese, ``7,2`` in English) is taken for the other.
    """
    if len(figure) > 2 * _MOST_DIGITS:
        return None
    if _PLAIN.fullmatch(figure):
        is_code = len(figure) > _MOST_DIGITS or (figure[0] == "0" and len(figure) > 3)
        return None if is_code else Decimal(figure)
    group, point = (".", ",") if lang == "vi" else (",", ".")
    if figure.count(point) > 1 or (point in figure and figure.rfind(group) > figure.rfind(point)):
        group, point = point, group
    whole, _, fraction = figure.partition(point)
    if group in whole:
        if _GROUPS[group].fullmatch(whole) and whole[0] != "0":
            whole = whole.replace(group, "")
        elif whole.count(group) == 1 and not fraction:
            whole, fraction = whole.split(group)
        else:
            return None
    if lang == "vi" and len(fraction) == 3 and fraction[-1] == "0" and len(whole) <= 3 and whole[0] != "0":
        return Decimal(whole + fraction)  # English habit: "118,000 người"; no fraction is written to end in 0
    if not _PLAIN.fullmatch(whole) or (fraction and not _PLAIN.fullmatch(fraction)):
        return None
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def read_amount(tokens: list[Token], i: int, grammar: Grammar, figure: str | None = None) -> Amount | None:
    """The longest number that begins at token ``i``.

    Args:
        tokens: the text.
        i: where to read.
        grammar: the tables of the text's language.
        figure: what to take token ``i`` for, when it is the second half of a joined figure.
    """
    token = tokens[i]
    if token.kind == FIGURE or figure is not None:
        value = read_figure(figure if figure is not None else token.word, grammar.lang)
        if value is None:
            return None
        return _Reader(tokens, grammar).read(i + 1, value, spelled=False)
    if token.kind != WORD or token.word not in grammar.numerals:
        return None
    return _Reader(tokens, grammar).read(i, None, spelled=True)


class _Reader:
    """Adds up parts of falling scale: (2 × nghìn + 3 × trăm) × tỷ; 30 × tỷ + 500 × triệu."""

    def __init__(self, tokens: list[Token], grammar: Grammar) -> None:
        self.tokens, self.grammar = tokens, grammar
        self.parts: list[tuple[Decimal, Decimal]] = []  # (value, its scale), scales falling
        self.current: Decimal | None = None  # the number whose scale is not yet known
        self.began = 0  # where it began
        self.last = ""  # role of the last token that was taken

    def read(self, i: int, first: Decimal | None, *, spelled: bool) -> Amount | None:
        start = i
        self.current, self.began = first, start
        if first is not None:
            self.last = "figure"
        i = self._lead(i) if spelled else i
        scales = 0
        while True:
            step = self._take(i)
            if step is None:
                break
            scales += self.last in ("scale", "half")
            i = step
        if self.last == "dropped":
            self.current, i = None, self.began
        elif self.current is not None and self.parts and self.last == "loose digit":
            i = self._settle_loose_digit(i)
        if self.current is None and not self.parts:
            return None
        value = sum((part for part, _ in self.parts), self.current or Decimal(0))
        shares = first is not None and scales and len(self.parts) == 1 and self.current is None and first
        factor = value / first if shares and first else _ONE
        return Amount(value, i, factor, spelled, spelled and i == start + 1)

    def _lead(self, i: int) -> int:
        """Openings that need what follows: "nửa triệu", "half a million", "a hundred", "một rưỡi"."""
        role, value = self._numeral(i)
        if role == "leading half":
            j = i + 1 + (self._numeral(i + 1)[0] == "article")
            if self._numeral(j)[0] == "scale":
                self.current, self.last = value, "figure"
                return j
        if role == "article" and self._numeral(i + 1)[0] == "scale":
            self.current, self.last = _ONE, "figure"
            return i + 1
        return i

    def _numeral(self, i: int) -> tuple[str, Decimal]:
        token = self.tokens[i]
        return self.grammar.numerals.get(token.word, ("", _ONE)) if token.kind == WORD else ("", _ONE)

    def _take(self, i: int) -> int | None:
        """Take the token at ``i`` when it continues the number; the index after it, else None."""
        token = self.tokens[i]
        if token.kind == FIGURE:
            return self._take_figure(i)
        role, value = self._numeral(i)
        if not role:
            if token.word == "-":
                return self._take_hyphen(i)
            return self._take_glued_scale(i)
        if role == "scale":
            return self._take_scale(i, value)
        if self.last == "figure":
            return None
        if role == "digit":
            return self._take_digit(i, value)
        if role == "after ten":
            return self._take_after_ten(i, value)
        if role == "ten" and self.current is None and self._room_below(_HUNDRED):
            self.current, self.began, self.last = value, i, "ten" if value == _TEN else "teen"
            return i + 1
        if role == "tens":
            return self._take_tens(i, value)
        if role == "link":
            return self._take_link(i)
        if role == "zero" and self.parts and self.parts[-1][1] >= _THOUSAND:
            return i + 2 if self.current is None and self._numeral(i + 1)[1] == _HUNDRED else None
        if role == "half" and self.last == "scale" and self.parts:
            scale = self.parts[-1][1]
            self.parts.append((scale / 2, scale / 2))
            self.last = "half"
            return i + 1
        return None

    def _take_hyphen(self, i: int) -> int | None:
        """ "twenty-five", "VND6.8-trillion", "One-Million-Hectare"."""
        joined = self.grammar.lang == "en" and glued(self.tokens, i) and glued(self.tokens, i + 1)
        wanted = {"tens": "digit", "figure": "scale", "digit": "scale"}.get(self.last)
        return i + 1 if joined and wanted and self._numeral(i + 1)[0] == wanted else None

    def _room_below(self, scale: Decimal) -> bool:
        return not self.parts or self.parts[-1][1] >= scale

    def _take_figure(self, i: int) -> int | None:
        """Figures go on only with a scale of their own: "30 tỷ 500 triệu", not "30 tỷ 500 hộ"."""
        if self.current is not None or not self.parts or self.last != "scale":
            return None
        following, scale = self._numeral(i + 1)
        value = read_figure(self.tokens[i].word, self.grammar.lang)
        if following != "scale" or value is None or scale >= self.parts[-1][1]:
            return None
        self.current, self.began, self.last = value, i, "figure"
        return i + 1

    def _take_digit(self, i: int, value: Decimal) -> int | None:
        last, following = self.last, self._numeral(i + 1)[0]
        if self.current is not None:
            # "mười hai", but "mười năm" are ten years; English teens take no digit.
            if last != "ten" or self.grammar.lang == "en" or self.tokens[i].word == "năm":
                return None
            self.current += value
            self.last = "teen"
            return i + 1
        if last == "tens" and self.tokens[i].word == "năm":
            return None
        if self.parts and last == "scale" and following not in ("scale", "tens", "after ten"):
            if self.grammar.lang == "vi" and self.tokens[i].word in ("một", "năm"):
                return None
            self.last = "loose digit"
        else:
            self.last = "digit"
        self.current, self.began = value, i
        return i + 1

    def _take_after_ten(self, i: int, value: Decimal) -> int | None:
        if self.last == "tens" and self.current is None:
            self.current, self.began = value, i
        elif self.last == "ten" and self.current is not None:
            self.current += value
        elif self.last == "digit" and self.current is not None and self.current >= 2 and value != 4:
            self.current = 10 * self.current + value  # "hai lăm"
        else:
            return None
        self.last = "teen"
        return i + 1

    def _take_tens(self, i: int, value: Decimal) -> int | None:
        if value == _TEN:  # "hai" + "mươi"
            if self.last not in ("digit", "link digit") or self.current is None:
                return None
            value *= self.current
            self.current = None
        elif self.current is not None or not self._room_below(_HUNDRED):
            return None
        self.parts.append((value, _TEN))
        self.last = "tens"
        return i + 1

    def _take_link(self, i: int) -> int | None:
        """ "một trăm linh năm", "one hundred and five", "two and a half"."""
        following, value = self._numeral(i + 1)
        if self.grammar.lang == "en" and self.current is not None and self.last in ("digit", "teen", "ten"):
            if following == "article" and self._numeral(i + 2)[0] == "leading half":
                self.current += Decimal("0.5")
                self.last = "half"
                return i + 3
            return None
        if self.current is not None or not self.parts or self.last != "scale":
            return None
        scale = self.parts[-1][1]
        if following in ("digit", "after ten") and scale in _FOLLOWS_ONLY_A_HUNDRED:
            self.current, self.began, self.last = value, i, "link digit"
            return i + 2
        ends_hundreds = following in ("tens", "ten") and self.grammar.lang == "en"
        return i + 1 if ends_hundreds and scale in _FOLLOWS_ONLY_A_HUNDRED else None

    def _take_scale(self, i: int, scale: Decimal) -> int | None:
        word = self.tokens[i].word
        if word in ("tỷ", "tỉ", "triệu") and self.tokens[i + 1].word in self.grammar["not scale"]:
            self._drop_current()
            return None
        below, kept = self.current, list(self.parts)
        while kept and kept[-1][1] < scale and kept[-1][1] <= _THOUSAND:
            value, _ = kept.pop()
            below = value + (below or 0)
        if below is None or (kept and kept[-1][1] <= scale):
            self._drop_current()
            return None
        self.parts = [*kept, (below * scale, scale)]
        self.current, self.last = None, "scale"
        return i + 1

    def _take_glued_scale(self, i: int) -> int | None:
        if self.last != "figure" or not glued(self.tokens, i):
            return None
        scale = self.grammar["glued scale"].at(self.tokens, i)
        if scale is None or self.current is None:
            return None
        # "5m" is five metres; only after a currency ("$5m") is it five million.
        if self.tokens[i].word in ("m", "b") and not self.grammar["currency"].before(self.tokens, i - 1):
            return None
        factor = Decimal(scale[0])
        self.parts.append((self.current * factor, factor))
        self.current, self.last = None, "scale"
        return scale[1]

    def _drop_current(self) -> None:
        """The number in hand belongs to the next amount: "năm triệu / sáu triệu"."""
        if self.parts and self.current is not None and self.last != "link digit":
            self.last = "dropped"

    def _settle_loose_digit(self, i: int) -> int:
        """ "ba trăm hai" is 320 and "two hundred five" 205; before a noun the digit counts the noun."""
        assert self.current is not None
        scale = self.parts[-1][1]
        if self.grammar.lang == "en":
            return i
        after = self.tokens[i]
        if after.kind == WORD and after.word not in ("đồng", "đ"):
            self.current = None
            return self.began
        self.current *= scale / 10
        return i
