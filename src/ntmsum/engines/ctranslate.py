"""Decoding with CTranslate2: the default on CPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from ntmsum.engines.base import Completion, Decoding, Hypothesis, Prompt
from ntmsum.engines.batching import length_batches
from ntmsum.engines.codec import Codec
from ntmsum.errors import ModelError


class CTranslate2Engine:
    """A converted model in a local folder.

    Args:
        folder: a CTranslate2 model folder.
        codec: the model's tokenizer.
        causal: whether the model is decoder-only.
        max_prompt_tokens: how many prompt tokens the model reads.
        name: model name and weight hash, for the signature.
        end_token: the token that ends an output; None takes the model's own.
        device: "cpu", "cuda" or "auto".
        threads: threads per decoding. Two on a busy two-core machine can be slower than one.

    Raises:
        ModelError: the folder is not a CTranslate2 model.
    """

    def __init__(
        self,
        folder: Path,
        codec: Codec,
        *,
        causal: bool,
        max_prompt_tokens: int,
        name: str,
        end_token: str | None = None,
        device: str = "cpu",
        threads: int = 1,
    ) -> None:
        kind = ctranslate2.Generator if causal else ctranslate2.Translator
        compute = "int8" if device == "cpu" else "auto"
        try:
            self._model: Any = kind(str(folder), device=device, compute_type=compute, intra_threads=threads)
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"CTranslate2 cannot load {folder}: {error}") from error
        self._causal = causal
        self._codec = codec
        self._end_token = end_token
        self.max_prompt_tokens = max_prompt_tokens
        self.signature = f"ctranslate2 {ctranslate2.__version__} {self._model.compute_type} {name}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens, without special tokens."""
        return [len(self._codec.encode(text)) for text in texts]

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> list[Completion]:
        """Decode every prompt; one completion per prompt, in order, whatever the batching."""
        fitted = [self._codec.fit(prompt, self.max_prompt_tokens) for prompt in prompts]
        spread = 24 if self._causal else self.max_prompt_tokens
        completions: list[Completion | None] = [None] * len(prompts)
        for batch in length_batches([len(t) for t, _ in fitted], options.batch_tokens, spread):
            results = self._decode([prompts[i] for i in batch], [fitted[i][0] for i in batch], options)
            for i, hypotheses in zip(batch, results, strict=True):
                completions[i] = Completion(hypotheses, len(fitted[i][0]), fitted[i][1])
        return [c for c in completions if c is not None]

    def log_probabilities(self, prompts: Sequence[Prompt], targets: Sequence[str]) -> list[list[float]]:
        """Natural-log probability of each token of each target text given its prompt (teacher forcing)."""
        sources = [self._codec.fit(prompt, self.max_prompt_tokens)[0] for prompt in prompts]
        outputs = [
            [*self._codec.encode(target), *([self._end_token] if self._end_token else [])]
            for target in targets
        ]
        if not self._causal:
            return [list(r.log_probs) for r in self._model.score_batch(sources, outputs)]
        scored = self._model.score_batch([s + o for s, o in zip(sources, outputs, strict=True)])
        return [list(r.log_probs)[-len(o) :] for r, o in zip(scored, outputs, strict=True)]

    def _decode(
        self, prompts: Sequence[Prompt], tokens: list[list[str]], options: Decoding
    ) -> list[tuple[Hypothesis, ...]]:
        shared: dict[str, Any] = {
            "beam_size": options.beam,
            "num_hypotheses": options.n_best,
            "length_penalty": options.length_penalty,
            "repetition_penalty": options.repetition_penalty,
            "no_repeat_ngram_size": options.no_repeat_ngram,
            "return_scores": True,
        }
        if self._end_token:
            shared["end_token"] = self._end_token
        if self._causal:
            results = self._model.generate_batch(
                tokens,
                max_length=options.max_tokens,
                min_length=options.min_tokens,
                include_prompt_in_result=False,
                **shared,
            )
            outputs = [r.sequences for r in results]
        else:
            forced = [list(p.target_prefix) for p in prompts]
            results = self._model.translate_batch(
                tokens,
                target_prefix=forced if any(forced) else None,
                max_decoding_length=options.max_tokens,
                min_decoding_length=options.min_tokens,
                max_input_length=0,
                **shared,
            )
            outputs = [[h[len(f) :] for h in r.hypotheses] for r, f in zip(results, forced, strict=True)]
        return [
            tuple(
                # CTranslate2 divides scores by length**penalty, end token included; the contract asks for the mean.
                Hypothesis(self._codec.decode(h), s * (len(h) + 1) ** (options.length_penalty - 1.0), len(h))
                for h, s in zip(sequences, result.scores, strict=True)
            )
            for sequences, result in zip(outputs, results, strict=True)
        ]
