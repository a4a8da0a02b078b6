import pytest

from ntmsum.engines import find_model, known_models
from ntmsum.errors import ModelError
from ntmsum.languages import target_languages


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


def test_every_language_token_is_one_of_its_family():
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES as m2m100
    from transformers.models.mbart50.tokenization_mbart50 import FAIRSEQ_LANGUAGE_CODES as mbart50
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES as nllb

    known = {
        "m2m100": {f"__{code}__" for code in m2m100["m2m100"]},
        "nllb": set(nllb),
        "mbart50": set(mbart50),
    }
    for language in target_languages().values():
        for family, token in language.tokens.items():
            assert token in known[family], language
    counts = {f: sum(f in t.tokens for t in target_languages().values()) for f in known}
    assert counts["m2m100"] > 90 and counts["nllb"] > 90 and counts["mbart50"] > 45


def test_a_multilingual_model_is_asked_for_the_language():
    nllb, m2m100, mbart = (find_model(n, "translate") for n in ("nllb-600m", "m2m100-418m", "mbart50-many"))
    assert nllb.into("fr").format("translate").target_prefix == ("fra_Latn",)
    assert nllb.into("en").format("translate") == nllb.format("translate")
    assert m2m100.into("lo").format("translate").target_prefix == ("__lo__",)
    assert mbart.into("km").format("translate").target_prefix == ("km_KH",)
    assert mbart.into("km").format("translate").prefix == ("vi_VN",)


@pytest.mark.parametrize(
    ("name", "language", "says"),
    [
        ("opus-mt-vi-en", "fr", r"into 'fr'; it has: en only\. Take one that has it: nllb-600m, m2m100-418m"),
        ("ntm-1", "lo", r"it has: en only\. Take one that has it: nllb-600m"),
        (
            "mbart50-many",
            "lo",
            r"into 'lo'; it has: .*, fr, .*Take one that has it: nllb-600m, m2m100-418m\.",
        ),
        ("nllb-600m", "klingon", r"into 'klingon'; it has: af, am, .*, zu\.$"),
    ],
)
def test_a_language_that_a_model_lacks_names_those_it_has(name, language, says):
    with pytest.raises(ModelError, match=says):
        find_model(name, "translate").into(language)


def test_a_folder_may_name_its_targets(tmp_path):
    table = 'architecture = "seq2seq"\nmax_prompt_tokens = 99\n[translate]\ntargets = {}\n'
    (tmp_path / "model.toml").write_text(table.format('{ fr = "<fr>", lo = "<lo>" }'))
    entry = find_model(str(tmp_path), "translate")
    assert entry.into("lo").format("translate").target_prefix == ("<lo>",)
    (tmp_path / "model.toml").write_text(table.format('"bloom"'))
    with pytest.raises(ModelError, match="'bloom' is no family of models"):
        find_model(str(tmp_path), "translate")


def test_a_folder_in_the_shipped_format_is_known_by_its_shards(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "model.toml").write_text(
        'architecture = "causal"\nmax_prompt_tokens = 99\n[translate]\nprefix = ["<bos>"]\n'
    )
    (tmp_path / "mine" / "weights-0.safetensors").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    entry = find_model("mine", "translate")
    assert entry.shipped
    assert entry.folder == tmp_path / "mine"
