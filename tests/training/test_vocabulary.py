import json

import pytest
from tokenizers import Tokenizer

from ntmsum.errors import DataError, ModelError
from ntmsum.training.folders import load_model
from ntmsum.training.vocabulary import (
    VocabularyConfig,
    always_kept,
    closed_pieces,
    prune_tokenizer,
    run_vocabulary,
)

VOCABULARY = {
    piece: index for index, piece in enumerate(["<eos>", "a", "b", "c", "ab", "abc", "bc", "zz", "z"])
}
MERGES = [("a", "b"), ("ab", "c"), ("b", "c"), ("z", "z")]


def test_closing_adds_the_parts_of_a_piece():
    assert closed_pieces(VOCABULARY, MERGES, ["abc", "unknown"]) == {"abc", "ab", "c", "a", "b"}


def test_pruning_keeps_only_merges_among_kept_pieces():
    settings = {
        "model": {"type": "BPE", "vocab": VOCABULARY, "merges": [" ".join(merge) for merge in MERGES]},
        "added_tokens": [{"id": 0, "content": "<eos>"}, {"id": 8, "content": "z"}],
    }
    pruned, old = prune_tokenizer(settings, {"<eos>", "a", "b", "ab"})
    assert pruned["model"]["merges"] == [["a", "b"]]
    assert pruned["model"]["vocab"] == {"<eos>": 0, "a": 1, "b": 2, "ab": 3}
    assert old == [0, 1, 2, 4]
    assert pruned["added_tokens"] == [{"id": 0, "content": "<eos>"}]


def test_only_bpe_is_pruned():
    with pytest.raises(ModelError, match="Unigram"):
        prune_tokenizer({"model": {"type": "Unigram"}}, set())


def test_letters_bytes_and_control_tokens_always_stay():
    kept = set(always_kept(dict.fromkeys(["ế", "<0x0A>", "<unused5>", "中", "xã", "▁"], 0)))
    assert kept == {"ế", "<0x0A>", "<unused5>", "▁"}


def test_a_pruned_model_writes_the_same_text_and_scores_it_alike(toy_model, pairs_file, tmp_path):
    import torch

    run_vocabulary(
        VocabularyConfig(str(toy_model), str(tmp_path / "small"), pairs=(str(pairs_file),), pieces=20)
    )
    before, after = load_model(toy_model), load_model(tmp_path / "small")
    assert after.config.vocab_size < before.config.vocab_size
    old = Tokenizer.from_file(str(toy_model / "tokenizer.json"))
    new = Tokenizer.from_file(str(tmp_path / "small" / "tokenizer.json"))
    for text in ("Huyện Thã có đường", "xã mới 3 km"):  # rare names fall apart, they do not vanish
        assert "<unk>" not in new.encode(text).tokens
        assert new.decode(new.encode(text).ids) == old.decode(old.encode(text).ids)
    rows = before.get_input_embeddings().weight, after.get_input_embeddings().weight
    for token in ("<bos>", "▁"):
        assert torch.equal(rows[0][old.token_to_id(token)], rows[1][new.token_to_id(token)])
    settings = json.loads((tmp_path / "small" / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert settings["eos_token"] == "<eos>"


def test_no_text_to_count_is_refused(toy_model, tmp_path):
    with pytest.raises(DataError, match="no text"):
        run_vocabulary(VocabularyConfig(str(toy_model), str(tmp_path / "small")))
