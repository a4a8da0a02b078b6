"""Text ↔ token strings, the same for both engines, with pasted text never read as control tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ntmsum.engines.base import Prompt
from ntmsum.errors import ModelError


class Codec:
    """A model's tokenizer as token strings.

    Args:
        tokenizer: a ``tokenizers.Tokenizer``, or a slow transformers tokenizer.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._fast = hasattr(tokenizer, "encode_batch")
        if self._fast:
            # "<eos>" in a pasted article is five letters of text, not an instruction to the model.
            tokenizer.encode_special_tokens = True

    def encode(self, text: str) -> list[str]:
        """The tokens of ``text``, without special tokens; what the vocabulary lacks is the unknown token."""
        if self._fast:
            ids = self._tokenizer.encode(text, add_special_tokens=False).ids
            return [self._tokenizer.id_to_token(i) for i in ids]
        tokens = self._tokenizer.tokenize(text, split_special_tokens=True)
        return self._known(self._tokenizer.convert_tokens_to_ids(tokens))

    def encode_output(self, text: str) -> list[str]:
        """The tokens of ``text`` as the model writes it; some models (Marian) cut their output differently."""
        if not hasattr(self._tokenizer, "spm_target"):
            return self.encode(text)
        return self._known(self._tokenizer(text_target=text, add_special_tokens=False)["input_ids"])

    def encode_marked(self, text: str, controls: Sequence[str]) -> list[str]:
        """The tokens of ``text`` in which the strings ``controls`` stand for single control tokens."""
        if not controls:
            return self.encode(text)
        pieces = re.split("(" + "|".join(map(re.escape, controls)) + ")", text)
        tokens: list[str] = []
        for position, piece in enumerate(pieces):
            if position % 2:
                tokens.append(piece)
            elif piece:
                tokens.extend(self.encode(piece))
        return tokens

    def fit(self, prompt: Prompt, limit: int) -> tuple[list[str], int]:
        """The prompt's tokens cut to ``limit`` at the end of its text, and how many were cut."""
        tokens = self.encode_marked(prompt.text, prompt.controls)
        room = limit - len(prompt.prefix) - len(prompt.suffix)
        dropped = max(0, len(tokens) - room)
        kept = tokens[: len(tokens) - dropped]
        return [*prompt.prefix, *kept, *prompt.suffix], dropped

    def decode(self, tokens: Sequence[str]) -> str:
        """Text of the tokens; special tokens are left out.

        So are tokens that only the model has: some vocabularies (T5, M2M100) are filled up to a round number.
        """
        ids = (self._find(token) for token in tokens)
        return self.decode_ids([i for i in ids if i is not None])

    def decode_ids(self, ids: Sequence[int]) -> str:
        """Text of token ids; special tokens are left out."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True)).strip()

    def require(self, tokens: Iterable[str]) -> None:
        """Make sure that fixed prompt tokens exist: a mistyped one would be read as the unknown token.

        Raises:
            ModelError: the tokenizer lacks one.
        """
        for token in sorted(tokens):
            self.token_id(token)

    def token_id(self, token: str) -> int:
        """The id of a token string.

        Raises:
            ModelError: the tokenizer has no such token.
        """
        found = self._find(token)
        if found is None:
            raise ModelError(
                f"The model's tokenizer has no token {token!r}; the registry entry does not fit this model."
            )
        return found

    def _find(self, token: str) -> int | None:
        if self._fast:
            found: int | None = self._tokenizer.token_to_id(token)
            return found
        index = int(self._tokenizer.convert_tokens_to_ids(token))
        unknown = index == self._tokenizer.unk_token_id and token != self._tokenizer.unk_token
        return None if unknown else index

    def _known(self, ids: Sequence[int]) -> list[str]:
        return list(self._tokenizer.convert_ids_to_tokens(ids))


def load_codec(folder: str | Path) -> Codec:
    """The codec of a local model folder or hub id.

    A ``tokenizer.json`` is read without importing transformers; other formats go through ``AutoTokenizer``.
    """
    file = Path(folder) / "tokenizer.json"
    if file.is_file():
        from tokenizers import Tokenizer

        return Codec(Tokenizer.from_file(str(file)))
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(folder))
    return Codec(getattr(tokenizer, "backend_tokenizer", None) or tokenizer)
