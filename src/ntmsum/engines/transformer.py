"""Decoding with transformers: any T5, BART, Marian, M2M100/NLLB or Gemma checkpoint, local or hub, CPU or GPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import transformers

from ntmsum.engines.base import Completion, Decoding, Hypothesis, Prompt
from ntmsum.engines.batching import length_batches
from ntmsum.engines.codec import load_codec
from ntmsum.engines.registry import ModelEntry
from ntmsum.engines.store import contents_hash, model_hash, verify
from ntmsum.engines.weights import load_shipped
from ntmsum.errors import ModelError


class TransformersEngine:
    """A transformers model.

    Args:
        entry: from ``find_model``.
        device: "cpu", "cuda" or "auto" (a GPU when there is one).
        threads: CPU threads torch may use.

    Raises:
        ModelError: the checkpoint is missing, altered, or cannot be loaded.
    """

    def __init__(self, entry: ModelEntry, *, device: str = "cpu", threads: int = 1) -> None:
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.set_num_threads(threads)
        self._causal = entry.architecture == "causal"
        place = str(entry.folder or entry.source)
        name = entry.name
        try:
            if entry.shipped:
                verify(Path(place))
                name = f"{entry.name} {model_hash(Path(place))[:12]}"
                model: Any = load_shipped(Path(place))
            else:
                kind = (
                    transformers.AutoModelForCausalLM if self._causal else transformers.AutoModelForSeq2SeqLM
                )
                # No pickles and no code from a checkpoint: safetensors only, remote code off.
                model = kind.from_pretrained(place, use_safetensors=True, trust_remote_code=False)
                # A name alone does not say which weights: those of a folder change, those of the hub have revisions.
                revision = contents_hash(entry.folder) if entry.folder else _revision(place)
                name = f"{entry.name} {revision[:12]}"
            self._codec = load_codec(place)
            self._codec.require(entry.fixed_tokens)
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise ModelError(
                f"The model {entry.name} cannot be loaded from {place} ({reason}); "
                "check the name, the folder, or the network if it is a hub model."
            ) from error
        self._model = model.to(device).eval()
        self._device = device
        self._pad = model.config.pad_token_id or 0
        end = self._codec.token_id(entry.end_token) if entry.end_token else model.config.eos_token_id
        # Chat models name several.
        self._ends: list[int] = [end] if isinstance(end, int) else list(end or [])
        self._start = getattr(model.config, "decoder_start_token_id", None)
        ends = [getattr(model.config, f"{name}_token_id", None) for name in ("bos", "eos", "pad")]
        self._language_first = entry.language_first or self._start is None or self._start not in ends
        # Marian never writes its padding token; everything else of a checkpoint's own search (beams, forced
        # tokens, lengths) would come in the way of what the caller asks for.
        banned = getattr(model.generation_config, "bad_words_ids", None) or []
        self._banned = [words[0] for words in banned if len(words) == 1]
        model.generation_config = transformers.GenerationConfig(
            bad_words_ids=[[i] for i in self._banned] or None,
            eos_token_id=self._ends or None,
            pad_token_id=self._pad,
        )
        self.max_prompt_tokens = entry.max_prompt_tokens
        precision = str(next(model.parameters()).dtype).removeprefix("torch.")
        self.signature = (
            f"transformers {transformers.__version__} torch {torch.__version__} {precision} {name}"
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens, without special tokens."""
        return [len(self._codec.encode(text)) for text in texts]

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> list[Completion]:
        """Decode every prompt; one completion per prompt, in order, whatever the batching."""
        fitted = [self._codec.fit(prompt, self.max_prompt_tokens) for prompt in prompts]
        completions: list[Completion | None] = [None] * len(prompts)
        lengths = [len(tokens) for tokens, _ in fitted]
        budget = options.batch_tokens // options.beam
        for group in length_batches(lengths, budget, self.max_prompt_tokens):
            # Forced beginnings of one length decode together: generate() takes them as one matrix.
            for size in {len(prompts[i].target_prefix) for i in group}:
                batch = [i for i in group if len(prompts[i].target_prefix) == size]
                results = self._decode([prompts[i] for i in batch], [fitted[i][0] for i in batch], options)
                for i, hypotheses in zip(batch, results, strict=True):
                    completions[i] = Completion(hypotheses, lengths[i], fitted[i][1])
        return [c for c in completions if c is not None]

    @torch.inference_mode()
    def log_probabilities(self, prompts: Sequence[Prompt], targets: Sequence[str]) -> list[list[float]]:
        """Natural-log probability of each token of each target text given its prompt (teacher forcing)."""
        scores = []
        for prompt, target in zip(prompts, targets, strict=True):
            source = self._ids(self._codec.fit(prompt, self.max_prompt_tokens)[0])
            tokens = self._codec.encode(target) if self._causal else self._codec.encode_output(target)
            output = [*self._ids(tokens), *self._ends[:1]]
            if self._causal:
                logits = self._model(torch.tensor([source + output], device=self._device)).logits[
                    0, len(source) - 1 : -1
                ]
            else:
                forced = self._forced(prompt)
                logits = self._model(
                    torch.tensor([source], device=self._device),
                    decoder_input_ids=torch.tensor([forced + output[:-1]], device=self._device),
                ).logits[0, len(forced) - 1 :]
            logits[:, self._banned] = -torch.inf
            logs = torch.log_softmax(logits.float(), dim=-1)
            scores.append(logs[torch.arange(len(output)), torch.tensor(output)].tolist())
        return scores

    def _forced(self, prompt: Prompt) -> list[int]:
        """What the decoder starts with: its start token and the forced beginning.

        A model whose outputs start with a language (mBART-25) starts with the forced one instead.
        """
        forced = self._ids(prompt.target_prefix)
        if self._language_first and forced:
            return forced
        if self._start is None:
            raise ModelError(
                "The model's output starts with a language; name it as target_prefix in model.toml."
            )
        return [int(self._start), *forced]

    def _ids(self, tokens: Sequence[str]) -> list[int]:
        return [self._codec.token_id(token) for token in tokens]

    @torch.inference_mode()
    def _decode(
        self, prompts: Sequence[Prompt], tokens: list[list[str]], options: Decoding
    ) -> list[tuple[Hypothesis, ...]]:
        width = max(map(len, tokens))
        ids = torch.full((len(tokens), width), self._pad)
        mask = torch.zeros_like(ids)
        for row, sequence in enumerate(tokens):
            # A decoder continues from the right edge, an encoder reads from the left.
            place = slice(width - len(sequence), width) if self._causal else slice(0, len(sequence))
            ids[row, place] = torch.tensor(self._ids(sequence))
            mask[row, place] = 1
        arguments: dict[str, Any] = {
            "max_new_tokens": options.max_tokens,
            "min_new_tokens": options.min_tokens or None,
            "num_beams": options.beam,
            "num_return_sequences": options.n_best,
            "length_penalty": options.length_penalty,
            "repetition_penalty": options.repetition_penalty,
            "no_repeat_ngram_size": options.no_repeat_ngram,
            "do_sample": False,
            "eos_token_id": self._ends or None,
            "pad_token_id": self._pad,
            "renormalize_logits": True,
            "output_scores": True,
            "return_dict_in_generate": True,
        }
        start = width
        if not self._causal:
            forced = [self._forced(prompt) for prompt in prompts]
            arguments["decoder_input_ids"] = torch.tensor(forced, device=self._device)
            arguments["decoder_start_token_id"] = forced[0][0]
            start = len(forced[0])
        out = self._model.generate(ids.to(self._device), attention_mask=mask.to(self._device), **arguments)
        logs = self._model.compute_transition_scores(
            out.sequences, out.scores, getattr(out, "beam_indices", None), normalize_logits=options.beam == 1
        )
        flat = []
        for sequence, steps in zip(out.sequences[:, start:], logs, strict=True):
            kept = [int(t) for t in sequence]
            stop = next((i for i, token in enumerate(kept) if token in self._ends), len(kept))
            kept = kept[:stop]
            count = min(len(kept) + 1, len(steps))
            score = float(steps[:count].sum()) / count
            flat.append(Hypothesis(self._text(kept), score, len(kept)))
        return [tuple(flat[i : i + options.n_best]) for i in range(0, len(flat), options.n_best)]

    def _text(self, ids: list[int]) -> str:
        return self._codec.decode_ids([i for i in ids if i != self._pad])


def _revision(hub_id: str) -> str:
    """The commit of a hub model that was just loaded: the name of its folder in the cache."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(hub_id, "config.json")
    return Path(found).parent.name if isinstance(found, str) else "unknown"
