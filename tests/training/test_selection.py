import pytest
import torch
from transformers import T5Config, T5ForConditionalGeneration

from ntmsum.training.batches import Encoder, Packed, pack, summary_example, translation_example
from ntmsum.training.folders import load_model
from ntmsum.training.selection import dev_scores


class Oracle:
    """Gives back each example's own target, whatever the padding: what a perfect model would write."""

    device = torch.device("cpu")

    def __init__(self, packed, encoder_decoder):
        self.config = type("Config", (), {"is_encoder_decoder": encoder_decoder})
        self.answers = {}
        for index in range(len(packed)):
            tokens, size = packed.example(index)
            self.answers[tuple(tokens[:size].tolist())] = tokens[size:].tolist()

    def generate(self, ids, attention_mask, **_):
        rows = [
            self.answers[tuple(row[kept == 1].tolist())]
            for row, kept in zip(ids, attention_mask, strict=True)
        ]
        width = max(map(len, rows))
        made = torch.tensor([row + [0] * (width - len(row)) for row in rows])
        return made if self.config.is_encoder_decoder else torch.cat([ids, made], dim=1)


@pytest.fixture
def dev(tokenizer) -> Packed:
    encoder = Encoder(tokenizer)
    return pack(
        [
            encoder(translation_example("Xã có đường mới.", "The commune has a new road.")),
            encoder(summary_example("Huyện có điện. Xã có đường.", "Huyện có điện.", "short")),
            encoder(translation_example("Thôn có điện.", "The hamlet has power.")),
        ]
    )


@pytest.mark.parametrize("encoder_decoder", [False, True])
def test_a_perfect_model_scores_100_on_both_tasks(dev, tokenizer, encoder_decoder):
    assert dev_scores(Oracle(dev, encoder_decoder), dev, tokenizer, limit=9) == {"chrF2": 100, "ROUGE-L": 100}


def test_only_the_first_examples_are_decoded(dev, tokenizer):
    oracle = Oracle(dev, False)
    tokens, size = dev.example(2)
    del oracle.answers[tuple(tokens[:size].tolist())]
    assert dev_scores(oracle, dev, tokenizer, limit=1)["chrF2"] == 100
    with pytest.raises(KeyError):
        dev_scores(oracle, dev, tokenizer, limit=2)


def test_an_untrained_model_scores_low(dev, tokenizer, toy_model):
    scores = dev_scores(load_model(toy_model).eval(), dev, tokenizer, limit=2)
    assert set(scores) == {"chrF2", "ROUGE-L"} and max(scores.values()) < 50


def test_an_encoder_decoder_is_decoded_too(dev, tokenizer):
    torch.manual_seed(0)
    config = T5Config(
        vocab_size=tokenizer.get_vocab_size(), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2,
        decoder_start_token_id=0, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    assert dev_scores(T5ForConditionalGeneration(config).eval(), dev, tokenizer, limit=2)["chrF2"] < 50
