"""Every architecture of the hub: its published layout loads, converts, and answers alike in both engines."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from engines import tiny
from ntmsum.engines import Decoding, conversion, find_model, load_engine
from ntmsum.engines.conversion import convert_model
from ntmsum.errors import ModelError

# Checkpoint, architecture, how it is asked (model.toml).
KINDS = {
    "vit5": (tiny.t5, "seq2seq", 'text_prefix = "vietnews: "\nsuffix = ["</s>"]'),
    "envit5": (
        tiny.t5,
        "seq2seq",
        'text_prefix = "vi: "\nsuffix = ["</s>"]\noutput_prefix = "en: "',
    ),
    "t5": (partial(tiny.t5, old=True), "seq2seq", 'suffix = ["</s>"]'),
    "marian": (tiny.marian, "seq2seq", 'suffix = ["</s>"]'),
    "m2m100": (
        tiny.m2m100,
        "seq2seq",
        'prefix = ["__vi__"]\nsuffix = ["</s>"]\ntarget_prefix = ["__en__"]\ntargets = "m2m100"',
    ),
    "nllb": (
        tiny.nllb,
        "seq2seq",
        'prefix = ["vie_Latn"]\nsuffix = ["</s>"]\ntarget_prefix = ["eng_Latn"]\ntargets = "nllb"',
    ),
    "mbart50": (
        tiny.mbart50,
        "seq2seq",
        'prefix = ["vi_VN"]\nsuffix = ["</s>"]\ntarget_prefix = ["en_XX"]\ntargets = "mbart50"',
    ),
    "mbart25": (tiny.mbart25, "seq2seq", 'suffix = ["</s>", "vi_VN"]\ntarget_prefix = ["en_XX"]'),
    # As vinai-vi2en-v2 is used: mBART-25's order, whatever start token the configuration names.
    "vinai": (
        partial(tiny.mbart25, start=2),
        "seq2seq",
        'suffix = ["</s>", "vi_VN"]\ntarget_prefix = ["en_XX"]',
    ),
    "bartpho": (tiny.bartpho, "seq2seq", 'prefix = ["<s>"]\nsuffix = ["</s>"]'),
    "gemma": (tiny.gemma, "causal", 'prefix = ["<bos>"]\nsuffix = ["<start_of_turn>"]'),
}
# The last one holds characters that no tokenizer here knows.
TEXTS = (*tiny.TEXTS, "xã Tân Lập ☂ chi 3 tỷ đồng 漢")
OUTPUTS = (*tiny.ENGLISH, "the commune spent 3 billion dong")


def build(folder: Path, kind: str, **options) -> Path:
    make, architecture, ask = KINDS[kind]
    folder.mkdir(parents=True)
    make(folder, **options)
    more = {"gemma": 'end_token = "<eos>"\n', "vinai": "language_first = true\n"}.get(kind, "")
    (folder / "model.toml").write_text(
        f'architecture = "{architecture}"\nmax_prompt_tokens = 120\nlanguages = ["vi", "en"]\n{more}'
        f"[translate]\n{ask}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module", params=KINDS)
def engines(request, tmp_path_factory):
    """The checkpoint in transformers, and its float32 conversion in CTranslate2; with how it is asked."""
    home = tmp_path_factory.mktemp(request.param)
    source = build(home / request.param, request.param)
    target = home / "converted"
    convert_model(str(source), target, "float32")
    entries = [find_model(str(folder), "translate") for folder in (source, target)]
    exact, fast = (load_engine(entry) for entry in entries)
    assert exact.signature.startswith("transformers") and fast.signature.startswith("ctranslate2")
    return exact, fast, entries[0].format("translate")


def test_log_probabilities_are_equal(engines):
    exact, fast, ask = engines
    prompts = [ask.prompt(text) for text in TEXTS for _ in OUTPUTS]
    outputs = list(OUTPUTS) * len(TEXTS)
    for a, b in zip(*(e.log_probabilities(prompts, outputs) for e in (exact, fast)), strict=True):
        assert len(a) > 5
        assert b == pytest.approx(a, rel=1e-3, abs=2e-3)


@pytest.mark.parametrize(
    "options",
    [
        Decoding(max_tokens=12),
        Decoding(max_tokens=12, beam=4, n_best=3),
        Decoding(max_tokens=16, min_tokens=9, length_penalty=0.6, beam=2),
        Decoding(max_tokens=12, no_repeat_ngram=2),
    ],
    ids=["greedy", "beam", "bounds", "no-repeat"],
)
def test_outputs_and_scores_are_equal(engines, options):
    exact, fast, ask = engines
    if options.no_repeat_ngram and ask.target_prefix and not ask.prefix:
        pytest.skip("transformers counts mBART-25's language token as repeatable text, CTranslate2 does not")
    prompts = [ask.prompt(text) for text in TEXTS]
    for a, b in zip(*(e.generate(prompts, options) for e in (exact, fast)), strict=True):
        assert [h.text for h in b.hypotheses] == [h.text for h in a.hypotheses]
        assert [h.tokens for h in b.hypotheses] == [h.tokens for h in a.hypotheses]
        assert [h.score for h in b.hypotheses] == pytest.approx([h.score for h in a.hypotheses], abs=2e-3)
        assert (b.prompt_tokens, b.dropped_tokens) == (a.prompt_tokens, a.dropped_tokens)


def test_greedy_scores_are_the_log_probabilities_of_the_output(engines):
    """Search and teacher forcing start from the same state: language tokens and start tokens are in place."""
    exact, fast, ask = engines
    prompt = ask.prompt(TEXTS[0])
    first = {e: e.generate([prompt], Decoding(max_tokens=1))[0].best.score for e in (exact, fast)}
    assert first[fast] == pytest.approx(first[exact], abs=2e-3)
    assert first[exact] > max(scores[0] for scores in exact.log_probabilities([prompt] * 3, OUTPUTS)) - 1e-4


def test_what_does_not_fit_is_cut_alike(engines):
    exact, fast, ask = engines
    long = ask.prompt(" ".join(TEXTS * 4))
    a, b = (e.generate([long], Decoding(max_tokens=2))[0] for e in (exact, fast))
    assert a == b or (a.prompt_tokens, a.dropped_tokens) == (b.prompt_tokens, b.dropped_tokens)
    assert a.prompt_tokens == 120 and a.dropped_tokens > 0


def test_the_output_matrix_of_t5_v1_1_is_its_own(tmp_path):
    """transformers 5 ties T5's matrices unless the checkpoint holds both: ViT5 needs both to survive."""
    from transformers import AutoModelForSeq2SeqLM

    model = AutoModelForSeq2SeqLM.from_pretrained(str(build(tmp_path / "x", "vit5")))
    assert not (model.lm_head.weight == model.shared.weight).any()
    assert not model.config.scale_decoder_outputs


def test_without_the_correction_t5_would_be_wrong(tmp_path, monkeypatch):
    """The converter alone scales ViT5's output; if this fails, the correction can go."""
    source = build(tmp_path / "vit5", "vit5")
    from ctranslate2.converters import TransformersConverter

    wrong = tmp_path / "wrong"
    TransformersConverter(str(source)).convert(str(wrong), quantization="float32")
    right = tmp_path / "right"
    convert_model(str(source), right, "float32")
    for file in right.iterdir():
        if not (wrong / file.name).exists():
            (wrong / file.name).write_bytes(file.read_bytes())
    prompt = find_model(str(source), "translate").format("translate").prompt(TEXTS[0])
    scores = [
        load_engine(find_model(str(folder), "translate")).log_probabilities([prompt], OUTPUTS[:1])[0]
        for folder in (right, wrong)
    ]
    assert scores[1] != pytest.approx(scores[0], abs=0.1)


def test_a_converted_model_is_small_named_by_its_weights_and_keeps_its_table(tmp_path):
    source = build(tmp_path / "nllb", "nllb")
    convert_model(str(source), tmp_path / "int8")
    convert_model(str(source), tmp_path / "float32", "float32")
    entries = [find_model(str(tmp_path / name), "translate") for name in ("int8", "float32")]
    assert entries[0].tasks == entries[1].tasks == find_model(str(source), "translate").tasks
    small, large = ((e.folder / "model.bin").stat().st_size for e in entries)
    assert small < 0.5 * large
    signatures = [load_engine(e).signature for e in entries]
    assert "int8" in signatures[0] and "float32" in signatures[1]
    assert signatures[0].split()[-1] != signatures[1].split()[-1]


def test_lengths_and_numbers_of_a_table_survive(tmp_path):
    source = build(tmp_path / "x", "gemma")
    with (source / "model.toml").open("a", encoding="utf-8") as file:
        file.write('[summarize]\nprefix = ["<bos>"]\n[summarize.lengths]\nshort = ["<start_of_turn>"]\n')
    convert_model(str(source), tmp_path / "y")
    before, after = (find_model(str(tmp_path / name), "summarize") for name in "xy")
    assert after.tasks == before.tasks
    assert (after.end_token, after.languages, after.max_prompt_tokens) == ("<eos>", ("vi", "en"), 120)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: (f / "model.safetensors").unlink(), "cannot be converted"),
        (lambda f: (f / "config.json").write_text('{"model_type": "esm"}'), "cannot be converted"),
        (lambda f: (f / "model.toml").unlink(), "no model.toml"),
        (lambda f: (f / "model.bin").write_text("x"), "CTranslate2's format already"),
    ],
)
def test_what_cannot_be_converted_is_explained_and_leaves_nothing(tmp_path, change, says):
    source = build(tmp_path / "x", "vit5")
    change(source)
    with pytest.raises(ModelError, match=says):
        convert_model(str(source), tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_bad_requests_are_explained(tmp_path):
    source = build(tmp_path / "x", "vit5")
    with pytest.raises(ModelError, match="no quantization 'int3'; choose int8"):
        convert_model(str(source), tmp_path / "out", "int3")
    with pytest.raises(ModelError, match="converted on its first use"):
        convert_model("ntm-1", tmp_path / "out")
    with pytest.raises(ModelError, match="no model called"):
        convert_model("nobody", tmp_path / "out")
    with pytest.raises(ModelError, match=r"envit5 cannot be converted.*the network"):
        convert_model("envit5", tmp_path / "out")
    with pytest.raises(ModelError, match="exists already"):
        convert_model(str(source), source)


def test_two_vocabularies_are_refused(tmp_path):
    source = build(tmp_path / "x", "marian")
    settings = json.loads((source / "tokenizer_config.json").read_text())
    (source / "tokenizer_config.json").write_text(json.dumps({**settings, "separate_vocabs": True}))
    (source / "target_vocab.json").write_text((source / "vocab.json").read_text())
    with pytest.raises(ModelError, match="two vocabularies"):
        convert_model(str(source), tmp_path / "out")


def test_a_window_shorter_than_the_prompts_is_refused(tmp_path):
    source = build(tmp_path / "x", "gemma", window=120 + conversion.OUTPUT_ROOM - 1)
    with pytest.raises(ModelError, match=r"window of 375 tokens.*at most 119"):
        convert_model(str(source), tmp_path / "out")


@pytest.mark.parametrize("hidden", [24, 32])
def test_padded_hidden_states_change_no_log_probability(tmp_path, hidden):
    """A compact cache asks for hidden states as wide as all heads together, here 32."""
    source = build(tmp_path / "x", "gemma", hidden=hidden, norms=0.3)
    convert_model(str(source), tmp_path / "y", "float32")
    exact, fast = (load_engine(find_model(str(f), "translate")) for f in (source, tmp_path / "y"))
    prompts = [find_model(str(source), "translate").format("translate").prompt(t) for t in TEXTS]
    outputs = [OUTPUTS[i % len(OUTPUTS)] for i in range(len(TEXTS))]
    for a, b in zip(*(e.log_probabilities(prompts, outputs) for e in (exact, fast)), strict=True):
        assert b == pytest.approx(a, abs=1e-3)
    options = Decoding(max_tokens=12, beam=4, n_best=4)
    for a, b in zip(*(e.generate(prompts, options) for e in (exact, fast)), strict=True):
        assert b.best.text == a.best.text


@pytest.mark.parametrize("kind", ["vit5", "marian", "m2m100"])
def test_a_mistyped_control_token_is_refused_by_both_engines(tmp_path, kind):
    source = build(tmp_path / "x", kind)
    convert_model(str(source), tmp_path / "y")
    for folder in (source, tmp_path / "y"):
        table = (folder / "model.toml").read_text(encoding="utf-8")
        (folder / "model.toml").write_text(table.replace("</s>", "</S>"), encoding="utf-8")
        with pytest.raises(ModelError, match="no token '</S>'"):
            load_engine(find_model(str(folder), "translate"))


def test_a_model_may_end_its_output_in_several_ways(tmp_path):
    source = build(tmp_path / "x", "gemma")
    entry = find_model(str(source), "translate")
    prompt = entry.format("translate").prompt(TEXTS[0])
    engine = load_engine(entry)
    first = engine.generate([prompt], Decoding(max_tokens=1))[0].best.text
    config = json.loads((source / "config.json").read_text())
    tokens = engine._codec.encode(first) + engine._codec.encode(f" {first}")
    config["eos_token_id"] = [1, *(engine._codec.token_id(token) for token in tokens)]
    (source / "config.json").write_text(json.dumps(config))
    table = (source / "model.toml").read_text(encoding="utf-8")
    (source / "model.toml").write_text(table.replace('end_token = "<eos>"', ""), encoding="utf-8")
    ended = (
        load_engine(find_model(str(source), "translate")).generate([prompt], Decoding(max_tokens=9))[0].best
    )
    assert (first != "", ended.text, ended.tokens) == (True, "", 0)


@pytest.mark.parametrize(("kind", "language"), [("nllb", "lo"), ("m2m100", "lo"), ("mbart50", "km")])
def test_a_model_with_several_targets_is_led_into_each_alike_by_both_engines(tmp_path, kind, language):
    source = build(tmp_path / "x", kind)
    convert_model(str(source), tmp_path / "y", "float32")
    english, asked = (find_model(str(source), "translate").into(code) for code in ("en", language))
    converted = find_model(str(tmp_path / "y"), "translate").into(language)
    assert converted.tasks == asked.tasks != english.tasks
    exact, fast = load_engine(asked), load_engine(converted)
    prompts = [asked.format("translate").prompt(text) for text in TEXTS]
    options = Decoding(max_tokens=12, beam=2, n_best=2)
    answers, others = exact.generate(prompts, options), fast.generate(prompts, options)
    assert [[h.text for h in c.hypotheses] for c in answers] == [
        [h.text for h in c.hypotheses] for c in others
    ]
    for a, b in zip(*(e.log_probabilities(prompts[:1], OUTPUTS[:1]) for e in (exact, fast)), strict=True):
        assert b == pytest.approx(a, rel=1e-3, abs=2e-3)
    into_english = exact.log_probabilities([english.format("translate").prompt(TEXTS[0])], OUTPUTS[:1])
    assert into_english[0] != pytest.approx(a, abs=1e-2)


def test_another_model_in_the_same_folder_is_another_signature(tmp_path):
    """What is computed once is kept under the signature: a name alone would give another model's answers."""
    import shutil

    source = build(tmp_path / "x", "marian")
    convert_model(str(source), tmp_path / "y", "float32")

    def signatures():
        return [load_engine(find_model(str(tmp_path / name), "translate")).signature for name in "xy"]

    before = signatures()
    assert signatures() == before
    weights = source / "model.safetensors"
    middle = weights.stat().st_size // 2 & ~3
    content = bytearray(weights.read_bytes())
    content[middle : middle + 40] = b"\0\0\0\x3f" * 10
    weights.write_bytes(content)
    convert_model(str(source), tmp_path / "z", "float32")
    shutil.copy(tmp_path / "z" / "model.bin", tmp_path / "y" / "model.bin")
    after = signatures()
    assert all(a != b for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("convert", [False, True])
def test_a_multilingual_model_runs_the_whole_pipeline_into_a_language(tmp_path, convert):
    """Random weights write nonsense; that it is asked for, decoded, judged and reported is the point."""
    from ntmsum import load_pipeline

    folder = build(tmp_path / "x", "nllb")
    with (folder / "model.toml").open("a", encoding="utf-8") as file:
        file.write('[summarize]\nprefix = ["vie_Latn"]\nsuffix = ["</s>"]\ntarget_prefix = ["vie_Latn"]\n')
    if convert:
        convert_model(str(folder), tmp_path / "y", "float32")
        folder = tmp_path / "y"
    report = load_pipeline(str(folder), str(folder), to="fr")(". ".join(tiny.TEXTS).capitalize() + ".")
    assert "into fr" in report.signature
    assert report.translation.language == "fr"
    assert len(report.translation.sentences) == len(report.summary.sentences)
    assert any(
        a.message.startswith("Translation into French: numbers and dates, names are") for a in report.alerts
    )
    table = (folder / "model.toml").read_text(encoding="utf-8")
    (folder / "model.toml").write_text(
        table.replace("[summarize]", '[translate.targets]\nfr = "fra"\n[summarize]').replace(
            'targets = "nllb"\n', ""
        )
    )
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    with pytest.raises(ModelError, match="no token 'fra'"):
        load_pipeline(str(folder), str(folder), to="fr")
