"""The terms tab: search the official glossary, keep own terms in the browser, try them on a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ntmsum.alerts import Language
from ntmsum.app.downloads import fresh_folder, terms_to_csv, unguarded
from ntmsum.app.failures import explain
from ntmsum.app.messages import Captions, message
from ntmsum.app.render import render_notice, render_stage, render_terms, render_trial
from ntmsum.app.service import Service, Waiting, own_glossary, sound_rows
from ntmsum.errors import GlossaryError
from ntmsum.glossary import Glossary, Term
from ntmsum.normalize import fold
from ntmsum.translate import TranslatedSentence

Rows = list[list[str]]
MOST_SHOWN = 40
MOST_OWN = 500
LONGEST_TERM = 200
LONGEST_TRIAL = 600


class TermsTab:
    """The tab; to be made inside a ``gr.Blocks``.

    Args:
        captions: collects the words on the components.
        service: the shared model and the official terms.
        own: the visitor's terms, as rows of Vietnamese and English.
        limit: largest file in bytes.
    """

    def __init__(self, captions: Captions, service: Service, own: gr.BrowserState, limit: int) -> None:
        self._service = service
        self._limit = limit
        self.own = own
        with gr.Row(equal_height=False):
            with gr.Column(min_width=300):
                self.query = captions.add(
                    gr.Textbox("", elem_id="terms-query"),
                    label="terms_search",
                    placeholder="terms_search_hint",
                )
                self.found = gr.HTML(self.search("", captions.language), elem_id="terms-found")
            with gr.Column(min_width=300):
                self._lay_out_own(captions)
                self.sentence = captions.add(
                    gr.Textbox("", lines=2, elem_id="try-sentence", max_length=LONGEST_TRIAL),
                    label="try",
                    placeholder="try_hint",
                )
                self.try_run = captions.add(gr.Button(size="sm", elem_id="try-run"), value="try_run")
                self.trial = gr.HTML(elem_id="trial")

    def _lay_out_own(self, captions: Captions) -> None:
        self.list = captions.add(gr.CheckboxGroup([], elem_id="own-terms"), label="own_terms")
        with gr.Row():
            self.vi = captions.add(
                gr.Textbox("", elem_id="own-vi", min_width=120, max_length=LONGEST_TERM), label="own_vi"
            )
            self.en = captions.add(
                gr.Textbox("", elem_id="own-en", min_width=120, max_length=LONGEST_TERM), label="own_en"
            )
        with gr.Row():
            self.add = captions.add(
                gr.Button(size="sm", variant="primary", elem_id="own-add"), value="own_add"
            )
            self.remove = captions.add(gr.Button(size="sm", elem_id="own-remove"), value="own_remove")
        with gr.Row():
            self.file = captions.add(
                gr.UploadButton(file_types=[".csv", ".tsv"], size="sm", elem_id="own-import"),
                label="own_import",
            )
            self.export = captions.add(gr.DownloadButton(size="sm", elem_id="own-export"), label="own_export")
        self.told = gr.HTML(elem_id="own-told")

    def connect(self, page: gr.Blocks, language: gr.Component) -> None:
        """Attach the behaviour to the components."""
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        self.query.change(
            self.search, [self.query, language], self.found, trigger_mode="always_last", **private
        )
        language.change(self.search, [self.query, language], self.found, **private)  # type: ignore[attr-defined]
        kept = [self.own, self.list, self.export, self.told]
        gr.on(
            [self.add.click, self.vi.submit, self.en.submit],
            self.add_term,
            [self.own, self.vi, self.en, language],
            [*kept, self.vi, self.en],
            **private,
        )
        self.remove.click(self.remove_terms, [self.own, self.list, language], kept, **private)
        self.file.upload(self.import_terms, [self.own, self.file, language], kept, **private)
        page.load(self.show_own, [self.own, language], [self.list, self.export], **private)
        gr.on(
            [self.try_run.click, self.sentence.submit],
            self.try_sentence,
            [self.sentence, self.own, language],
            self.trial,
            api_visibility="private",
            concurrency_limit=None,
        )

    def search(self, query: str, language: Language) -> str:
        """The official terms that hold all words of the query, in either language, marks or no marks."""
        words = fold((query or "")[:LONGEST_TERM]).split()
        terms = [t for t in self._service.glossary(None).terms if t.en and not t.everyday]
        if words:
            terms = [t for t in terms if all(w in _searched(t) for w in words)]
        return render_terms(terms[:MOST_SHOWN], len(terms), language)

    def add_term(self, own: Rows, vi: str, en: str, language: Language) -> tuple[Any, ...]:
        """One more own term; a known wording gets the new rendering."""
        pair = [" ".join(vi.split())[:LONGEST_TERM], " ".join(en.split())[:LONGEST_TERM]]
        if not Term(pair[0], pair[1]).key or not pair[1]:
            return (*self._kept(own, message("term_incomplete", language), "error"), vi, en)
        merged, fault = self._merge(own, [pair], language)
        return (*self._kept(merged, fault, "error"), *((vi, en) if fault else ("", "")))

    def remove_terms(self, own: Rows, chosen: list[int], language: Language) -> tuple[Any, ...]:
        """The own terms without the chosen ones."""
        return self._kept([row for i, row in enumerate(sound_rows(own)) if i not in chosen])

    def import_terms(self, own: Rows, path: str, language: Language) -> tuple[Any, ...]:
        """The own terms with those of a CSV or TSV file."""
        file = Path(path)
        try:
            if file.stat().st_size > self._limit:
                raise GlossaryError(message("file_large", language, n=f"{self._limit / 1e6:g}"))
            terms = Glossary.from_file(file).terms
            rows = [[unguarded(t.vi)[:LONGEST_TERM], unguarded(t.en)[:LONGEST_TERM]] for t in terms]
            merged, fault = self._merge(own, rows, language)
            return self._kept(merged, fault, "error")
        except Exception as error:
            return self._kept(own, explain(error, language), "error")
        finally:
            file.unlink(missing_ok=True)

    def show_own(self, own: Rows, language: Language) -> tuple[Any, Any]:
        """The own terms that the browser kept."""
        return self._kept(own)[1:3]

    def try_sentence(self, sentence: str, own: Rows, language: Language) -> Iterator[str]:
        """A sentence translated with the terms of the moment."""
        text = " ".join((sentence or message("try_hint", language)).split())[:LONGEST_TRIAL]
        terms = own_glossary(own)

        def work() -> Iterator[TranslatedSentence]:
            yield self._service.personal(terms, language).translator.translate([text])[0]

        try:
            for step in self._service.steps(work):
                if isinstance(step, Waiting):
                    yield render_stage(
                        message("waiting", language, n=step.ahead)
                        if step.ahead
                        else message("begun", language)
                    )
                else:
                    yield render_trial(text, step.text, step.terms, language)
        except Exception as error:
            yield render_notice("error", explain(error, language))

    def _merge(self, own: Rows, new: Rows, language: Language) -> tuple[Rows, str]:
        """Own and new rows, later ones replacing earlier ones of the same wording; and what is wrong with that."""
        merged = {Term(vi, en).key: [vi, en] for vi, en in [*sound_rows(own), *new]}
        if len(merged) > MOST_OWN:
            return own, message("term_too_many", language, n=MOST_OWN, m=LONGEST_TERM)
        return list(merged.values()), ""

    def _kept(self, own: Rows, told: str = "", severity: str = "info") -> tuple[Any, ...]:
        own = sound_rows(own)
        choices = [(f"{vi} → {en}", i) for i, (vi, en) in enumerate(own)]
        file = None
        if own:
            file = fresh_folder() / "terms.csv"
            file.write_text(terms_to_csv(own), encoding="utf-8")
        notice = render_notice(severity, told) if told else ""
        return own, gr.update(choices=choices, value=[]), gr.update(value=file and str(file)), notice


def _searched(term: Term) -> str:
    return fold(" ".join((term.vi, term.en, *term.abbr, *term.variants)))
