"""Decoding with CTranslate2: the default on CPU."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from ntmsum.engines.base import Completion, Decoding, Hypothesis, Prompt
from ntmsum.engines.batching import length_batches
from ntmsum.engines.codec import Codec
from ntmsum.engines.memory import keep_freed_memory
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
        if device == "cpu":
            keep_freed_memory()
        kind = ctranslate2.Generator if causal else ctranslate2.Translator
        # "default" keeps the precision of the conversion where the device can.
        compute = "default" if device == "cpu" else "auto"
        try:
            self._model: Any = kind(str(folder), device=device, compute_type=compute, intra_threads=threads)
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"CTranslate2 cannot load {folder}: {error}") from error
        self._causal = causal
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        # Without a start token of its own (mBART-25), a model takes the first forced one, and does not return it.
        self._led = int(settings.get("decoder_start_token", "") is None)
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
        budget = options.batch_tokens // options.beam
        for batch in length_batches([len(t) for t, _ in fitted], budget, spread):
            results = self._decode([prompts[i] for i in batch], [fitted[i][0] for i in batch], options)
            for i, hypotheses in zip(batch, results, strict=True):
                completions[i] = Completion(hypotheses, len(fitted[i][0]), fitted[i][1])
        return [c for c in completions if c is not None]

    def log_probabilities(self, prompts: Sequence[Prompt], targets: Sequence[str]) -> list[list[float]]:
        """Natural-log probability of each token of each target text given its prompt (teacher forcing)."""
        sources = [self._codec.fit(prompt, self.max_prompt_tokens)[0] for prompt in prompts]
        if not self._causal:
            outputs = [
                [*prompt.target_prefix, *self._codec.encode_output(target)]
                for prompt, target in zip(prompts, targets, strict=True)
            ]
            # The end token is scored too; what the output was forced to start with is not the model's choice.
            scored = self._model.score_batch(sources, outputs)
            return [
                list(r.log_probs)[-(len(o) + 1 - len(p.target_prefix)) :]
                for r, o, p in zip(scored, outputs, prompts, strict=True)
            ]
        outputs = [
            [*self._codec.encode(target), *([self._end_token] if self._end_token else [])]
            for target in targets
        ]
        # One at a time: CTranslate2 cannot remove padding where it keeps one key per token (compact.py).
        texts = [s + o for s, o in zip(sources, outputs, strict=True)]
        scored = self._model.score_batch(texts, max_batch_size=1)
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
            forced = [0] * len(prompts)
        else:
            prefixes = [list(p.target_prefix) for p in prompts]
            forced = [max(0, len(p) - self._led) for p in prefixes]
            most = max(forced)  # the bounds count what is forced
            results = self._model.translate_batch(
                tokens,
                target_prefix=prefixes if any(prefixes) else None,
                max_decoding_length=options.max_tokens + most,
                min_decoding_length=options.min_tokens + most if options.min_tokens else 0,
                max_input_length=0,
                **shared,
            )
            outputs = [[h[f:] for h in r.hypotheses] for r, f in zip(results, forced, strict=True)]
        return [
            tuple(
                Hypothesis(self._codec.decode(h), _mean(s, len(h), f, options), len(h))
                for h, s in zip(sequences, result.scores, strict=True)
            )
            for sequences, result, f in zip(outputs, results, forced, strict=True)
        ]


def _mean(score: float, tokens: int, forced: int, options: Decoding) -> float:
    """The mean log-probability: CTranslate2 divides the sum by length**penalty, end and forced tokens included."""
    own = tokens if tokens >= options.max_tokens else tokens + 1
    return score * float((own + forced) ** options.length_penalty) / own
