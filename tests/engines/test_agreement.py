"""Both engines give the same answers on the same weights."""

import random

import pytest

from ntmsum.engines import Decoding, find_model, load_engine

TEXTS = ["xã đạt chuẩn nông thôn mới", "huyện chi 3 tỷ đồng", "tỉnh", "xã xã huyện tỉnh đạt chuẩn đồng mới"]
SENTENCES = [
    "Đến hết tháng 9, toàn huyện có 11/15 xã đạt chuẩn nông thôn mới.",
    "Mưa lớn làm ngập 45 ha lúa ở xã Tân Lập, thiệt hại khoảng 1,2 tỷ đồng.",
    "Trường Trung học cơ sở Nguyễn Du được đầu tư 8 phòng học mới.",
]


@pytest.fixture
def both(tiny_entry):
    return load_engine(tiny_entry, backend="ctranslate2"), load_engine(tiny_entry, backend="transformers")


def test_log_probabilities_agree(both, tiny_entry):
    ask = tiny_entry.format("translate").prompt
    fast, exact = (e.log_probabilities([ask(t) for t in TEXTS], TEXTS[::-1]) for e in both)
    for a, b in zip(fast, exact, strict=True):
        assert len(a) == len(b)
        # int8 activations against float32.
        assert sum(a) / len(a) == pytest.approx(sum(b) / len(b), rel=0.03)


@pytest.mark.parametrize("options", [Decoding(max_tokens=8), Decoding(max_tokens=8, beam=3, n_best=3)])
def test_hypotheses_come_best_first(both, tiny_entry, options):
    prompt = tiny_entry.format("translate").prompt(TEXTS[0])
    for engine in both:
        hypotheses = engine.generate([prompt], options)[0].hypotheses
        assert len(hypotheses) == options.n_best
        assert [h.score for h in hypotheses] == sorted((h.score for h in hypotheses), reverse=True)


def test_order_and_number_do_not_depend_on_batching(both, tiny_entry):
    prompts = [tiny_entry.format("translate").prompt(t) for t in TEXTS]
    for engine in both:
        together = engine.generate(prompts, Decoding(max_tokens=6, batch_tokens=1000))
        alone = [engine.generate([p], Decoding(max_tokens=6))[0] for p in prompts]
        assert [c.best.text for c in together] == [c.best.text for c in alone]


def test_what_does_not_fit_is_counted(both, tiny_entry):
    long = "xã " * 200
    for engine in both:
        completion = engine.generate([tiny_entry.format("translate").prompt(long)], Decoding(max_tokens=2))[0]
        assert completion.prompt_tokens == 64
        assert completion.dropped_tokens == engine.count_tokens([long])[0] - 62


def test_nothing_in_nothing_out(both):
    assert all(engine.generate([], Decoding()) == [] for engine in both)


@pytest.mark.slow
def test_the_shipped_model_agrees_with_its_float32_original(pipeline):
    from ntmsum.pipeline import DEFAULT_MODEL

    entry = find_model(DEFAULT_MODEL, "translate")
    prompts = [entry.format("translate").prompt(s) for s in SENTENCES]
    prompts.append(entry.format("summarize").prompt(" ".join(SENTENCES), "short"))
    fast, exact = (load_engine(entry, backend=b) for b in ("ctranslate2", "transformers"))
    outputs = [c.best.text for c in exact.generate(prompts, Decoding(max_tokens=60))]
    scores = [e.log_probabilities(prompts, outputs) for e in (fast, exact)]
    for a, b in zip(*scores, strict=True):
        assert sum(a) / len(a) == pytest.approx(sum(b) / len(b), abs=0.1)
    for completion, prompt in zip(fast.generate(prompts, Decoding(beam=2, n_best=2)), prompts, strict=True):
        for h in completion.hypotheses:
            logs = fast.log_probabilities([prompt], [h.text])[0]
            assert h.score == pytest.approx(sum(logs) / len(logs), abs=0.1)


@pytest.mark.slow
def test_batched_and_single_decoding_agree_on_long_prompts(tmp_path):
    """A neighbour in the batch must not leak in: the fault that a short sliding window causes.

    In float32, where outputs and scores must be equal: in int8 rounding alone can turn a tie.
    """
    from ntmsum.engines.codec import load_codec
    from ntmsum.engines.conversion import convert_shipped
    from ntmsum.engines.ctranslate import CTranslate2Engine
    from ntmsum.pipeline import DEFAULT_MODEL

    entry = find_model(DEFAULT_MODEL, "summarize")
    convert_shipped(entry.folder, tmp_path / "float32", "float32")
    engine = CTranslate2Engine(
        tmp_path / "float32", load_codec(entry.folder), causal=True, max_prompt_tokens=entry.max_prompt_tokens,
        name="float32", end_token=entry.end_token,
    )  # fmt: skip
    words = random.Random(1)
    prompts = []
    for length in (50, 55, 400, 410, 700, 705, 1490, 1500):
        sentences: list[str] = []
        while engine.count_tokens([" ".join(sentences)])[0] < length:
            sentences.append(f"Xã số {words.randint(1, 99)}: " + words.choice(SENTENCES))
        prompts.append(entry.format("summarize").prompt(" ".join(sentences), "medium"))
    options = Decoding(max_tokens=24, batch_tokens=16_000)
    together = engine.generate(prompts, options)
    alone = [engine.generate([p], options)[0] for p in prompts]
    for a, b in zip(together, alone, strict=True):
        assert a.prompt_tokens == b.prompt_tokens
        assert a.best.text == b.best.text
        assert a.best.score == pytest.approx(b.best.score, abs=1e-3)
