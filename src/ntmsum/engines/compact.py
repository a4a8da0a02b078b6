"""One cached key and value per token, where CTranslate2 would keep a copy for every attention head.

Beam search copies its whole cache at every step, so the cache's size decides its speed. For a model with one
key head (Gemma 3 270M and its offspring) CTranslate2 has such a cache, but only where heads times head size equal
the hidden size. Padding the hidden states with zeros makes them equal; root mean squares over the padded states are
smaller by a known factor, which the norms' weights and epsilon take back. The results are the same numbers, from
matrices 1.6 times as large and a cache a quarter of the size (measured in docs/speed.md).
"""

from __future__ import annotations

from typing import Any

import numpy as np

_NORMS = (
    "input_layer_norm", "post_attention_layer_norm", "pre_feedforward_layer_norm", "post_feedforward_layer_norm",
)  # fmt: skip


def compact_cache(spec: Any, config: Any) -> bool:
    """Change a decoder's specification in place.

    Args:
        spec: what CTranslate2's converter made of a Gemma 3 text model.
        config: the model's transformers configuration.

    Returns:
        Whether it was changed: other models keep their cache.
    """
    if config.model_type != "gemma3_text" or config.num_key_value_heads != 1:
        return False
    narrow, wide = config.hidden_size, config.num_attention_heads * config.head_dim
    # CTranslate2 compares the window with the wrong side of a compact cache.
    if wide < narrow or config.num_attention_heads == 1 or config.sliding_window < config.head_dim:
        return False
    extra, shrink = wide - narrow, narrow / wide
    decoder = spec.decoder
    decoder.scale_embeddings = np.dtype("float32").type(narrow**0.5)
    spec.config.layer_norm_epsilon = config.rms_norm_eps * shrink
    for part in (decoder.embeddings, decoder.projection):
        part.weight = _pad(part.weight, columns=extra)
    norms = [decoder.layer_norm]
    for layer in decoder.layer:
        norms += [getattr(layer, name) for name in _NORMS]
        attention, forward = layer.self_attention, layer.ffn
        for part in (attention.linear[0], forward.linear_0, forward.linear_0_noact):
            part.weight = _pad(part.weight, columns=extra)
        for part in (attention.linear[1], forward.linear_1):
            part.weight = _pad(part.weight, rows=extra)
        # The converter has no switch for it, the library reads it.
        attention.__dict__["multi_query"] = True
    for norm in norms:
        # The weight that is applied is 1 + gamma.
        norm.gamma = _pad((1 + _tensor(norm.gamma)) * shrink**0.5 - 1, columns=extra)
    return True


def _tensor(value: Any) -> Any:
    import torch

    return (value if isinstance(value, torch.Tensor) else torch.as_tensor(value.numpy())).detach().float()


def _pad(value: Any, columns: int = 0, rows: int = 0) -> Any:
    from torch.nn.functional import pad

    return pad(_tensor(value), (0, columns, 0, rows) if rows else (0, columns)).contiguous()
