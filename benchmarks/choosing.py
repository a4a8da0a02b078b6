"""What choosing among hypotheses by facts costs in time and what it brings in facts kept.

    python -m benchmarks.choosing [ROWS]

Translates the reference summaries of our evaluation set (ROWS articles, all by default) and prints, for the
likeliest hypothesis and for the chosen one, the share of numbers and dates kept, of names kept, and of terms obeyed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from ntmsum.engines import Decoding, find_model, load_engine
from ntmsum.evaluation.articles import read_articles
from ntmsum.facts import extract_facts, match_facts
from ntmsum.facts.names import extract_names, match_names
from ntmsum.glossary import Glossary, check_terms
from ntmsum.normalize import sentence_texts
from ntmsum.pipeline import DEFAULT_MODEL
from ntmsum.translate import DECODING, Translator


def kept(sources: Sequence[str], outputs: Sequence[str], glossary: Glossary) -> str:
    """Shares of facts, names and terms of the sources found in the outputs, and claims nothing supports."""
    facts = lost = invented = names = strayed = terms = missed = 0
    for vi, en in zip(sources, outputs, strict=True):
        known, claimed = extract_facts(vi, "vi"), extract_facts(en, "en")
        matching = match_facts(claimed, known)
        facts += sum(f.certain for f in known)
        lost += len(matching.missing)
        invented += len(matching.unsupported)
        people = extract_names(vi, "vi")
        names += sum(n.certain for n in people)
        strayed += len(match_names(extract_names(en, "en"), people).missing)
        uses = check_terms(vi, en, glossary)
        terms += len(uses)
        missed += sum(u.status == "missed" for u in uses)
    return (
        f"numbers and dates kept {1 - lost / facts:.3f} of {facts}, invented {invented}; "
        f"names kept {1 - strayed / names:.3f} of {names}; terms obeyed {1 - missed / terms:.3f} of {terms}"
    )


def main() -> None:
    """Measure and print."""
    articles = read_articles()[: int(sys.argv[1]) if len(sys.argv) > 1 else None]
    sources = [sentence for a in articles for sentence in sentence_texts(a.summary_vi)]
    entry = find_model(DEFAULT_MODEL, "translate")
    engine = load_engine(entry)
    glossary = Glossary.official()
    translator = Translator(engine, entry, glossary)
    prompts = [translator.prompt(s) for s in sources]
    engine.generate(prompts[:2], Decoding())
    for name, options in (
        ("greedy", Decoding(max_tokens=192)),
        (f"beam {DECODING.beam}, likeliest", DECODING),
    ):
        start = time.perf_counter()
        outputs = [c.best.text for c in engine.generate(prompts, options)]
        seconds = time.perf_counter() - start
        print(
            f"{name}: {kept(sources, outputs, glossary)}; {seconds / len(sources):.2f} s a sentence",
            flush=True,
        )
    start = time.perf_counter()
    chosen = translator.translate(sources)
    seconds = time.perf_counter() - start
    print(
        f"chosen: {kept(sources, [c.text for c in chosen], glossary)}; {seconds / len(sources):.2f} s a sentence"
    )
    print(f"translated in parts: {sum('parts' in c.fallback for c in chosen)} of {len(chosen)} sentences")


if __name__ == "__main__":
    main()
