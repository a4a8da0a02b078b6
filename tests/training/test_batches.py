import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.errors import DataError
from ntmsum.training.batches import (
    Encoder,
    Packed,
    batch_order,
    batch_stream,
    length_class,
    pack,
    summary_example,
    translation_example,
)

LENGTHS = st.lists(st.integers(1, 60), min_size=1, max_size=80).map(lambda sizes: np.array(sizes, np.int64))


@given(LENGTHS, st.integers(1, 200), st.integers(0, 5))
def test_every_example_is_in_exactly_one_batch_within_the_budget(lengths, budget, epoch):
    batches = batch_order(lengths, budget, seed=1, epoch=epoch)
    assert sorted(itertools.chain(*batches)) == list(range(len(lengths)))
    assert all(len(b) * max(lengths[i] for i in b) <= budget or len(b) == 1 for b in batches)


@given(LENGTHS, st.integers(0, 100))
def test_a_stream_started_late_goes_on_as_if_never_stopped(lengths, start):
    whole = list(itertools.islice(batch_stream(lengths, 90, seed=3), start + 12))
    assert list(itertools.islice(batch_stream(lengths, 90, seed=3, start=start), 12)) == whole[start:]


def test_no_examples_is_a_clear_error():
    with pytest.raises(DataError, match="no training examples"):
        next(batch_stream(np.array([], np.int64), 90, seed=0))


def test_an_example_is_prompt_then_target(tokenizer):
    encoder = Encoder(tokenizer)
    prompt, target = encoder(translation_example("xã có điện", "commune has power"))
    names = [tokenizer.id_to_token(token) for token in prompt]
    assert names[:2] == ["<bos>", "<unused0>"] and names[-1] == "<start_of_turn>"
    assert tokenizer.id_to_token(target[-1]) == "<eos>"
    assert tokenizer.decode(target[:-1]).strip() == "commune has power"


def test_length_tokens_follow_the_task_token(tokenizer):
    prompt, _ = Encoder(tokenizer)(summary_example("xã có điện", "điện", "long"))
    assert [tokenizer.id_to_token(token) for token in prompt[:3]] == ["<bos>", "<unused1>", "<unused4>"]


def test_hint_tokens_are_tokens_but_other_special_names_are_text(tokenizer):
    encoder = Encoder(tokenizer)
    marked = encoder.text("<unused5> xã <unused6> commune <unused7> có")
    assert [encoder.ids[f"<unused{i}>"] in marked for i in (5, 6, 7)] == [True] * 3
    assert encoder.ids["<eos>"] not in encoder.text("xã <eos> có")


def test_a_long_source_is_cut_at_its_end(tokenizer):
    encoder = Encoder(tokenizer)
    whole, _ = encoder(translation_example("xã có đường mới", "x"))
    cut, _ = encoder(translation_example("xã có đường mới", "x"), max_source=2)
    assert cut[:4] == whole[:4] and len(cut) == 5


def test_a_tokenizer_without_control_tokens_is_refused():
    from tokenizers import Tokenizer, models

    with pytest.raises(DataError, match="<unused0>"):
        Encoder(Tokenizer(models.BPE()))


def test_packed_examples_survive_the_disk(tmp_path):
    packed = pack([([1, 2], [3]), ([4], [5, 6, 7])])
    packed.save(tmp_path / "a.npz")
    again = Packed.load(tmp_path / "a.npz")
    assert [(list(tokens), prompt) for tokens, prompt in map(again.example, range(2))] == [
        ([1, 2, 3], 2),
        ([4, 5, 6, 7], 1),
    ]
    assert list(again.lengths()) == [3, 4]


def test_a_damaged_pack_is_named(tmp_path):
    (tmp_path / "a.npz").write_bytes(b"no archive")
    with pytest.raises(DataError, match=r"a\.npz"):
        Packed.load(tmp_path / "a.npz")


def test_a_token_beyond_16_bits_is_refused():
    with pytest.raises(DataError, match="vocabulary"):
        pack([([70_000], [1])])


@pytest.mark.parametrize(("count", "name"), [(26, "short"), (27, "medium"), (42, "medium"), (43, "long")])
def test_length_classes(count, name):
    assert length_class(count) == name
