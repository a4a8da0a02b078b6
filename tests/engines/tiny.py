"""Tiny checkpoints in the published layout of each architecture: config.json, tokenizer files, safetensors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers
from safetensors.torch import save_file

TEXTS = (
    "xã Tân Lập đạt chuẩn nông thôn mới sau năm năm",
    "huyện chi 3 tỷ đồng làm 12 km đường liên thôn",
    "mưa lớn gây ngập 45 ha lúa ở xã Mỹ Hòa",
    "tỉnh hỗ trợ 1,5 triệu đồng cho mỗi hộ nghèo",
)
ENGLISH = (
    "the commune has met the standards of a new-style rural area",
    "the district spent 3 billion dong on 12 km of village roads",
)
SIZES = {
    "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 2,
    "decoder_attention_heads": 2, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 256,
    "init_std": 0.2,
}  # fmt: skip


def sentence_pieces(path: Path, texts: tuple[str, ...] = TEXTS + ENGLISH, **ids: Any) -> int:
    """Train a SentencePiece model; returns its size."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts * 20), model_prefix=str(path), vocab_size=160, hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc", minloglevel=2, **ids,
    )  # fmt: skip
    path.with_suffix(path.suffix + ".vocab").unlink()
    path.with_suffix(path.suffix + ".model").rename(path)
    return sentencepiece.SentencePieceProcessor(model_file=str(path)).get_piece_size()


def pieces(path: Path) -> list[str]:
    model = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def save(model: Any, folder: Path, published: dict[str, Any], drop: tuple[str, ...] = ()) -> None:
    """Weights and config.json; ``published`` overrides what transformers would write."""
    state = {k: v.clone().contiguous() for k, v in model.state_dict().items() if k not in drop}
    save_file(state, folder / "model.safetensors", {"format": "pt"})
    config = model.config.to_dict() | {"architectures": [type(model).__name__]} | published
    write_json(folder / "config.json", config)


def t5(folder: Path, *, old: bool = False) -> None:
    """T5 v1.1, as ViT5 and envit5 are published (gated-gelu, an output matrix of its own); ``old``: the first T5.

    The vocabulary of the first one is larger than its tokenizer's, as the published one is.
    """
    extra = 8
    size = sentence_pieces(folder / "spiece.model", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "T5Tokenizer", "extra_ids": extra, "eos_token": "</s>", "pad_token": "<pad>",
         "unk_token": "<unk>", "model_max_length": 512},
    )  # fmt: skip
    config = transformers.T5Config(
        vocab_size=size + extra + (28 if old else 0), d_model=32, d_kv=16, d_ff=64, num_layers=2, num_heads=2,
        feed_forward_proj="relu" if old else "gated-gelu", tie_word_embeddings=old, decoder_start_token_id=0,
        initializer_factor=2.0,
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.T5ForConditionalGeneration(config)
    if not old:
        model.lm_head.weight = torch.nn.Parameter(torch.randn(config.vocab_size, 32) * 0.3)
    copies = (
        "encoder.embed_tokens.weight",
        "decoder.embed_tokens.weight",
        *(("lm_head.weight",) if old else ()),
    )
    config.__dict__.pop("scale_decoder_outputs")
    save(model, folder, {"tie_word_embeddings": old}, copies)


def marian(folder: Path) -> None:
    """Marian as opus-mt-vi-en: two SentencePiece models, one vocabulary, <pad> last."""
    sentence_pieces(folder / "source.spm", TEXTS, unk_id=1, bos_id=-1, eos_id=0)
    sentence_pieces(folder / "target.spm", ENGLISH, unk_id=1, bos_id=-1, eos_id=0)
    words = ["</s>", "<unk>"]
    words += sorted({*pieces(folder / "source.spm"), *pieces(folder / "target.spm")} - set(words))
    words.append("<pad>")
    write_json(folder / "vocab.json", {word: i for i, word in enumerate(words)})
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "MarianTokenizer", "source_lang": "vi", "target_lang": "en"},
    )
    pad = len(words) - 1
    config = transformers.MarianConfig(
        vocab_size=len(words), pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, bos_token_id=0,
        forced_eos_token_id=0, activation_function="swish", scale_embedding=True, static_position_embeddings=True,
        share_encoder_decoder_embeddings=True, **SIZES,
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.MarianMTModel(config)
    with torch.no_grad():
        model.model.shared.weight[pad] = 0
        model.final_logits_bias.normal_(std=0.5)
        model.final_logits_bias[0, pad] = 0
    copies = ("model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight")
    save(model, folder, {"bad_words_ids": [[pad]], "max_length": 512, "num_beams": 4}, copies)
    write_json(
        folder / "generation_config.json",
        {"bad_words_ids": [[pad]], "bos_token_id": 0, "decoder_start_token_id": pad, "eos_token_id": 0,
         "forced_eos_token_id": 0, "max_length": 512, "num_beams": 4, "pad_token_id": pad},
    )  # fmt: skip


FAIRSEQ = {"unk_id": 0, "bos_id": 1, "eos_id": 2, "pad_id": -1}


def _m2m_model(folder: Path, size: int) -> None:
    config = transformers.M2M100Config(
        vocab_size=size, pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2,
        activation_function="relu", scale_embedding=True, **SIZES,
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.M2M100ForConditionalGeneration(config)
    save(
        model,
        folder,
        {"max_length": 200, "num_beams": 5},
        ("model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"),
    )


def m2m100(folder: Path) -> None:
    """M2M100: a vocab.json beside the SentencePiece model, language tokens and eight unused rows after it."""
    sentence_pieces(folder / "sentencepiece.bpe.model", **FAIRSEQ)
    words = ["<s>", "<pad>", "</s>", "<unk>", *pieces(folder / "sentencepiece.bpe.model")[3:]]
    write_json(folder / "vocab.json", {word: i for i, word in enumerate(words)})
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "M2M100Tokenizer", "src_lang": None, "tgt_lang": None, "num_madeup_words": 8},
    )
    languages = transformers.models.m2m_100.tokenization_m2m_100.FAIRSEQ_LANGUAGE_CODES["m2m100"]
    _m2m_model(folder, len(words) + len(languages) + 8)


def nllb(folder: Path) -> None:
    """NLLB: the architecture of M2M100 with a tokenizer.json and languages such as vie_Latn."""
    sentence_pieces(folder / "sentencepiece.bpe.model", model_type="bpe", **FAIRSEQ)
    languages = transformers.models.nllb.tokenization_nllb.FAIRSEQ_LANGUAGE_CODES
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "NllbTokenizer", "src_lang": "vie_Latn", "tgt_lang": "eng_Latn",
         "additional_special_tokens": languages},
    )  # fmt: skip
    tokenizer = transformers.NllbTokenizer.from_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    _m2m_model(folder, len(tokenizer))


def mbart50(folder: Path) -> None:
    """mBART-50: the language before the text, </s> before the target language."""
    size = _spm_tokenizer(folder, "MBart50Tokenizer")
    _mbart_model(folder, size, {"tokenizer_class": "MBart50Tokenizer", "decoder_start_token_id": 2})


def mbart25(folder: Path, start: int | None = None) -> None:
    """mBART-25 fine-tuned: the language after the text, the target language first in the decoder."""
    size = _spm_tokenizer(folder, "MBartTokenizer")
    _mbart_model(folder, size, {"decoder_start_token_id": start})


def bartpho(folder: Path) -> None:
    """BARTpho-syllable: mBART with a dict.txt that keeps a part of the SentencePiece model."""
    sentence_pieces(folder / "sentencepiece.bpe.model", **FAIRSEQ)
    kept = pieces(folder / "sentencepiece.bpe.model")[3:]
    (folder / "dict.txt").write_text("".join(f"{word} 1\n" for word in kept[:-6]), encoding="utf-8")
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "BartphoTokenizer"})
    size = len(transformers.AutoTokenizer.from_pretrained(str(folder)))
    _mbart_model(folder, size, {"tokenizer_class": "BartphoTokenizer", "decoder_start_token_id": 2})


def _spm_tokenizer(folder: Path, kind: str) -> int:
    sentence_pieces(folder / "sentencepiece.bpe.model", **FAIRSEQ)
    write_json(
        folder / "tokenizer_config.json", {"tokenizer_class": kind, "src_lang": "vi_VN", "tgt_lang": "en_XX"}
    )
    return len(transformers.AutoTokenizer.from_pretrained(str(folder)))


def _mbart_model(folder: Path, size: int, published: dict[str, Any]) -> None:
    config = transformers.MBartConfig(
        vocab_size=size, pad_token_id=1, bos_token_id=0, eos_token_id=2, activation_function="gelu",
        scale_embedding=True, forced_eos_token_id=2, **SIZES,
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.MBartForConditionalGeneration(config)
    save(
        model,
        folder,
        published,
        ("model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"),
    )


def gemma(folder: Path, window: int = 512, hidden: int = 32, norms: float = 0.0) -> None:
    """Gemma 3: byte-fallback BPE with ▁ for spaces in a tokenizer.json, sliding and full attention."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, trainers

    specials = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>"]
    bytes_ = [f"<0x{i:02X}>" for i in range(256)]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    trainer = trainers.BpeTrainer(vocab_size=500, special_tokens=specials + bytes_, show_progress=False)
    tokenizer.train_from_iterator(TEXTS + ENGLISH, trainer)
    tokenizer.add_special_tokens([AddedToken(s, special=True) for s in specials])
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "GemmaTokenizer", "bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>",
         "unk_token": "<unk>"},
    )  # fmt: skip
    config = transformers.Gemma3TextConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=hidden, intermediate_size=64, num_hidden_layers=6,
        num_attention_heads=2, num_key_value_heads=1, head_dim=16, query_pre_attn_scalar=16,
        sliding_window=window, pad_token_id=0, eos_token_id=1, bos_token_id=2, initializer_range=0.2,
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.Gemma3ForCausalLM(config)
    for name, weight in model.named_parameters():
        if "norm" in name:
            torch.nn.init.normal_(weight, std=norms)
    save(model, folder, {}, ("lm_head.weight",))
