"""A toy world for the recipe: a tokenizer of a few words, a two-layer Gemma, five sentences."""

import json
from pathlib import Path

import pytest

WORDS = [
    "xã",
    "huyện",
    "tỉnh",
    "có",
    "nông",
    "thôn",
    "mới",
    "đạt",
    "chuẩn",
    "đường",
    "điện",
    "commune",
    "district",
    "province",
    "has",
    "new",
    "road",
    "power",
    "the",
    "of",
]
PAIRS = [
    ("Xã có 3 km đường mới.", "The commune has 3 km of new road."),
    ("Huyện có 14 xã đạt chuẩn.", "The district has 14 communes up to standard."),
    ("Tỉnh có 1.250 ha lúa.", "The province has 1,250 ha of rice."),
    ("Thôn mới có điện.", "The new hamlet has power."),
    ("Huyện có 7,2% hộ nghèo.", "The district has 7.2% poor households."),
]


def build_tokenizer(extra: int = 0):
    """A BPE tokenizer with byte fallback pieces, the recipe's control tokens and the five words."""
    from tokenizers import Tokenizer, decoders, models, normalizers, trainers

    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", *(f"<unused{i}>" for i in range(8))]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.Fuse()])
    alphabet = sorted(set("".join(side for pair in PAIRS for side in pair) + "0123456789▁.,%"))
    trainer = trainers.BpeTrainer(vocab_size=190 + extra, special_tokens=special, initial_alphabet=alphabet)
    text = [side for pair in PAIRS for side in pair] + [" ".join(WORDS)] * 3
    tokenizer.train_from_iterator(text, trainer)
    return tokenizer


@pytest.fixture(scope="session")
def tokenizer():
    return build_tokenizer()


@pytest.fixture(scope="session")
def toy_model(tmp_path_factory) -> Path:
    """A Hugging Face folder: a two-layer Gemma 3 with the toy tokenizer."""
    import torch
    from transformers import Gemma3ForCausalLM, Gemma3TextConfig

    folder = tmp_path_factory.mktemp("toy")
    tokenizer = build_tokenizer()
    torch.manual_seed(0)
    config = Gemma3TextConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=1, head_dim=16, sliding_window=64, max_position_embeddings=512,
        pad_token_id=0, eos_token_id=1, bos_token_id=2, layer_types=["sliding_attention", "full_attention"],
    )  # fmt: skip
    Gemma3ForCausalLM(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>", "unk_token": "<unk>"}
    described = {"tokenizer_class": "PreTrainedTokenizerFast", **names}
    (folder / "tokenizer_config.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


@pytest.fixture
def pairs_file(tmp_path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{vi}\t{en}\n" for vi, en in PAIRS), encoding="utf-8")
    return path


@pytest.fixture
def packed_file(tmp_path, tokenizer) -> Path:
    from ntmsum.training.batches import Encoder, pack, translation_example

    encoder = Encoder(tokenizer)
    path = tmp_path / "train.npz"
    pack([encoder(translation_example(vi, en)) for vi, en in PAIRS * 4]).save(path)
    return path
