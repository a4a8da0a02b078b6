import pytest

from ntmsum.engines import find_model, known_models
from ntmsum.errors import ModelError


def test_every_known_model_can_do_something():
    models = known_models()
    assert {"vit5-base-vietnews", "envit5", "vinai-vi2en-v2", "opus-mt-vi-en", "nllb-600m"} <= models.keys()
    assert all(entry.tasks and entry.max_prompt_tokens >= entry.read_tokens > 0 for entry in models.values())


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ModelError, match=r"no model called 'vit6'.*opus-mt-vi-en"):
        find_model("vit6", "summarize")


def test_a_translator_cannot_summarize():
    with pytest.raises(ModelError, match="cannot summarize; it can translate"):
        find_model("opus-mt-vi-en", "summarize")


def test_a_folder_needs_a_model_toml(tmp_path):
    with pytest.raises(ModelError, match=r"no model\.toml"):
        find_model(str(tmp_path), "translate")


def test_a_folder_can_say_how_it_is_asked(tmp_path):
    (tmp_path / "model.toml").write_text(
        'architecture = "seq2seq"\nmax_prompt_tokens = 99\n[translate]\ntext_prefix = "vi: "\nsuffix = ["</s>"]\n'
    )
    entry = find_model(str(tmp_path), "translate")
    assert entry.folder == tmp_path
    prompt = entry.format("translate").prompt("xin chào")
    assert (prompt.text, prompt.suffix) == ("vi: xin chào", ("</s>",))


@pytest.mark.parametrize("text", ["architecture = ", 'architecture = "causal"', "max_prompt_tokens = []"])
def test_a_malformed_model_toml_is_named(tmp_path, text):
    (tmp_path / "model.toml").write_text(text)
    with pytest.raises(ModelError, match=r"model\.toml cannot be read"):
        find_model(str(tmp_path), "translate")


def test_length_tokens_follow_the_prefix():
    ask = find_model("ntm-1", "summarize").format("summarize")
    assert ask.prompt("x", "long").prefix == (*ask.prefix, *ask.lengths["long"])
    assert ask.prompt("x").prefix == ask.prefix


def test_the_output_marker_is_taken_off():
    assert find_model("envit5", "translate").format("translate").clean("en: Hello") == "Hello"
