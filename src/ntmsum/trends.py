"""The direction of a change that its translation turns round: "vẫn giảm" told as "remained unchanged"."""

from __future__ import annotations

import re

from ntmsum.article import Span
from ntmsum.denial import denials_vi

# A verb: not the beginning of another word ("tăng cường" strengthens, "giảm nghèo" is a programme), no tank and
# no surname.
_RISE = re.compile(
    r"(?<!\w)(?<![Xx]e )(?:gia )?tăng(?! (?:cường|tốc|ca|gia|thiết|sinh|kỳ|huyết|trưởng|vụ|lữ|ni)(?!\w))(?!\w)"
)
_FALL = re.compile(
    r"(?<!\w)(?<!miễn )(?<!thuyên )(?<!xóa đói )(?<!tinh )(?:suy )?giảm"
    r"(?! (?:nghèo|nhẹ(?! \d)|thiểu|tốc|án|giá|đau|cân)(?!\w))(?!\w)",
)
# What may tell a change, however loosely; a word here is enough to believe the translation.
_TOLD = {
    "rise": re.compile(
        r"\b(?:ris\w+|rose|increas\w+|gr[oe]w\w*|up|higher|gain\w*|climb\w*|jump\w*|surg(?:e|es|ed|ing)|soar\w*|rais\w+|"
        r"expan\w+|exceed\w*|doubl\w+|tripl\w+|improv\w+|add\w*|boost\w*|over|above|better|more|enhanc\w+|"
        r"strengthen\w*|widen\w*|extra|upgrad\w+|escalat\w+|swell\w*|swollen|rebound\w*|high)\b",
        re.IGNORECASE,
    ),
    "fall": re.compile(
        r"\b(?:f[ae]ll\w*|decreas\w*|declin\w*|drop\w*|down\w*|lower\w*|reduc\w+|fewer|cut\w*|shr[aiu]nk\w*|slump\w*|"
        r"plung\w*|los[ste]\w*|narrow\w*|slid\w*|dip\w*|below|short\w*|contract\w*|eas\w+|slow\w*|minus|under|"
        r"sav\w+|weak\w*|diminish\w*|eliminat\w*|less(?! than)|trim\w*|halv\w+|lighten\w*|mitigat\w*|alleviat\w*)\b",
        re.IGNORECASE,
    ),
}
# What says the contrary, or that nothing changed.
_STEADY = r"(?:remain\w*|stay\w*|kept) (?:unchanged|the same|stable|steady)|unchanged"
_CONTRARY = {
    "rise": re.compile(
        rf"\b(?:f[ae]ll(?:en|ing|s)?|decreas\w*|declin\w*|dropp\w*|plung\w*|down (?:by |from |to )?\d|{_STEADY})\b",
        re.IGNORECASE,
    ),
    "fall": re.compile(
        r"\b(?:rose|risen|rising|increas\w*|grew|grown|surg(?:e|es|ed|ing)|soar\w*|climb\w*|"
        rf"up (?:by |from |to )?\d|{_STEADY})\b",
        re.IGNORECASE,
    ),
}


def turned_trend(source: str, text: str) -> tuple[Span, Span] | None:
    """The change of a Vietnamese sentence, and where its English says the contrary; None where all may be well.

    Only where the Vietnamese tells one direction, and denies nothing, and the English nothing that could be it.

    Args:
        source: the Vietnamese sentence.
        text: its English translation.
    """
    rise, fall = _RISE.search(source), _FALL.search(source)
    told = rise or fall
    if told is None or (rise and fall) or denials_vi(source):
        return None
    direction = "rise" if rise else "fall"
    contrary = _CONTRARY[direction].search(text)
    if contrary is None or _TOLD[direction].search(text):
        return None
    return Span(*told.span()), Span(*contrary.span())
