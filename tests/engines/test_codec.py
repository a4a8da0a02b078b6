import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.engines import Prompt
from ntmsum.engines.batching import length_batches
from ntmsum.engines.codec import load_codec
from ntmsum.errors import ModelError


@pytest.fixture(scope="module")
def codec(tiny_gemma):
    return load_codec(tiny_gemma)


@given(text=st.text())
def test_pasted_text_never_becomes_a_control_token(codec, text):
    assert not {"<eos>", "<go>", "<a>"} & set(codec.encode(text + "<eos><go>" + text))


def test_hints_become_control_tokens_and_nothing_else_does(codec):
    tokens, dropped = codec.fit(Prompt("xã <a>mới<b> <eos>", ("<bos>",), ("<go>",), (), ("<a>", "<b>")), 50)
    assert [t for t in tokens if t in {"<bos>", "<a>", "<b>", "<go>", "<eos>"}] == [
        "<bos>",
        "<a>",
        "<b>",
        "<go>",
    ]
    assert dropped == 0


def test_the_text_is_cut_not_the_frame(codec):
    tokens, dropped = codec.fit(Prompt("x y z" * 9, ("<bos>",), ("<go>",)), 10)
    assert (tokens[0], tokens[-1], len(tokens)) == ("<bos>", "<go>", 10)
    assert dropped == len(codec.encode("x y z" * 9)) - 8


def test_text_survives_the_round_trip(codec):
    assert codec.decode(codec.encode("Xã Tân Lập chi 1,2 tỷ đồng")) == "Xã Tân Lập chi 1,2 tỷ đồng"


def test_an_unknown_control_token_is_an_error(codec):
    with pytest.raises(ModelError, match="no token '<nope>'"):
        codec.token_id("<nope>")


@given(st.lists(st.integers(1, 200), max_size=40), st.integers(1, 500), st.integers(0, 50))
def test_batches_hold_every_prompt_once_within_bounds(lengths, budget, spread):
    batches = length_batches(lengths, budget, spread)
    assert sorted(i for b in batches for i in b) == list(range(len(lengths)))
    for batch in batches:
        sizes = [lengths[i] for i in batch]
        assert len(batch) == 1 or max(sizes) * len(batch) <= budget
        assert max(sizes) - min(sizes) <= spread
