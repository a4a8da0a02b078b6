"""An engine that says what a test tells it to, behind the real protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ntmsum.engines import Completion, Decoding, Hypothesis, ModelEntry, Prompt
from ntmsum.engines.registry import PromptFormat

ENTRY = ModelEntry(
    name="scripted",
    source="scripted",
    architecture="causal",
    tasks={"summarize": PromptFormat(prefix=("<s>",)), "translate": PromptFormat(prefix=("<t>",))},
    max_prompt_tokens=2000,
    read_tokens=300,
    expand=True,
)

Answer = Callable[[str, Decoding], Sequence[str]]


class ScriptedEngine:
    """Answers summary and translation prompts with the texts two functions give, best first.

    Args:
        summary, translation: from the prompt's text and the decoding options to the hypotheses' texts.
    """

    signature = "scripted 1"
    max_prompt_tokens = 2000

    def __init__(self, summary: Answer, translation: Answer) -> None:
        self._answers = {"<s>": summary, "<t>": translation}
        self.prompts: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> list[Completion]:
        completions = []
        for prompt in prompts:
            self.prompts.append(prompt.text)
            texts = self._answers[prompt.prefix[0]](prompt.text, options)[: options.n_best]
            hypotheses = tuple(
                Hypothesis(text, -0.1 - 0.1 * rank, len(text.split())) for rank, text in enumerate(texts)
            )
            completions.append(Completion(hypotheses, len(prompt.text.split()) + 1))
        return completions
