"""The result of a run, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ntmsum.alerts import Alert, Place
from ntmsum.article import Article
from ntmsum.summarize import Summary
from ntmsum.translate import Translation

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one article led to. While a run is going on, what is not there yet is None.

    Args:
        signature: versions, models and options; same input and signature, same output.
        article: the normalized article.
        summary: the Vietnamese summary.
        translation: its translation, into English unless another language was asked for.
        alerts: what an editor should look at, worst first.
        timings: seconds by stage (normalize, summarize, translate, check).
    """

    signature: str
    article: Article
    summary: Summary | None = None
    translation: Translation | None = None
    alerts: tuple[Alert, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The report as documented in docs/report.md, for ``json.dumps``."""
        article, summary, translation = self.article, self.summary, self.translation
        return {
            "schema": SCHEMA,
            "signature": self.signature,
            "source": {
                "title": article.title,
                "sentences": [
                    {"text": s.text, "start": s.span.start, "end": s.span.end} for s in article.sentences
                ],
                "removed": [
                    {"rule": r.rule, "text": r.text, "start": r.span.start, "end": r.span.end}
                    for r in article.removed
                ],
                "notes": [{"kind": n.kind, "message": n.message} for n in article.notes],
                "tokens": summary.tokens if summary else None,
                "tokens_dropped": summary.tokens_dropped if summary else None,
            },
            "summary": summary
            and {
                "text": summary.text,
                "length": summary.length,
                "fallback": summary.fallback,
                "sentences": [{"text": s.text, "evidence": list(s.evidence)} for s in summary.sentences],
            },
            "translation": translation
            and {
                "text": translation.text,
                "language": translation.language,
                "sentences": [
                    {
                        "text": s.text,
                        "source": i,
                        "fallback": s.fallback,
                        "terms": [
                            {
                                "vi": t.term.vi,
                                "en": t.rendering or t.term.en,
                                "status": t.status,
                                "start": t.target.start if t.target else None,
                                "end": t.target.end if t.target else None,
                            }
                            for t in s.terms
                        ],
                    }
                    for i, s in enumerate(translation.sentences)
                ],
            },
            "alerts": [
                {
                    "kind": a.kind,
                    "severity": a.severity,
                    "message": a.message,
                    "where": _place(a.where),
                    "against": _place(a.against),
                }
                for a in self.alerts
            ],
            "timings": {stage: round(seconds, 3) for stage, seconds in self.timings.items()},
        }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    span = {"start": place.span.start, "end": place.span.end} if place.span else {}
    return {"part": place.part, "sentence": place.sentence, **span}
