"""Small checkpoints with the architectures, configurations and tokenizer files of the real ones."""

import json
from pathlib import Path

import pytest

from ntmsum.engines.registry import ModelEntry, PromptFormat

WORDS = "xã huyện tỉnh đạt chuẩn nông thôn mới tỷ đồng commune district province billion the of"


def save_tokenizer(folder: Path, specials: list[str]) -> int:
    """A byte-level tokenizer.json that knows any text; returns the vocabulary size."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE(byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=specials, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator([WORDS] * 3, trainer)
    tokenizer.add_special_tokens([AddedToken(s, special=True) for s in specials])
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "<pad>", "unk_token": "<unk>"}
    settings |= {"bos_token": "<bos>"} if "<bos>" in specials else {}
    settings |= {"eos_token": "<eos>" if "<eos>" in specials else "</s>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    return tokenizer.get_vocab_size()


@pytest.fixture(scope="session")
def tiny_gemma(tmp_path_factory) -> Path:
    """A shipped-format folder of a two-layer Gemma 3."""
    import torch
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    from ntmsum.engines.store import write_checksums
    from ntmsum.engines.weights import write_shards

    folder = tmp_path_factory.mktemp("models") / "tiny"
    folder.mkdir()
    size = save_tokenizer(folder, ["<pad>", "<eos>", "<bos>", "<unk>", "<go>", "<a>", "<b>", "<c>"])
    config = Gemma3TextConfig(
        vocab_size=size, hidden_size=24, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=1, head_dim=16, query_pre_attn_scalar=16, sliding_window=2048,
        pad_token_id=0, eos_token_id=1, bos_token_id=2,
        layer_types=["sliding_attention", "full_attention"], initializer_range=0.1,
    )  # fmt: skip
    torch.manual_seed(0)
    model = Gemma3ForCausalLM(config)
    config.save_pretrained(folder)
    write_shards({k: v for k, v in model.state_dict().items() if k != "lm_head.weight"}, folder, 20_000)
    write_checksums(folder)
    return folder


@pytest.fixture
def tiny_entry(tiny_gemma, tmp_path, monkeypatch) -> ModelEntry:
    """The registry entry of the tiny model, with a cache of its own."""
    monkeypatch.setenv("NTMSUM_MODELS", str(tiny_gemma.parent))
    monkeypatch.setenv("NTMSUM_CACHE", str(tmp_path / "cache"))
    ask = PromptFormat(prefix=("<bos>",), suffix=("<go>",), hints=("<a>", "<b>", "<c>"))
    return ModelEntry(
        name="tiny", source="tiny", architecture="causal", tasks={"translate": ask, "summarize": ask},
        max_prompt_tokens=64, read_tokens=40, shipped=True, end_token="<eos>",
    )  # fmt: skip
