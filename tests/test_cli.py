"""The command line: what it says when something is wrong, and what it prints when nothing is."""

import json
import signal
import subprocess
import sys

import pytest

from ntmsum import cli
from ntmsum.normalize import MAX_BYTES

ARTICLE = (
    "Xã Tân Hưng đón danh hiệu nông thôn mới\n\n"
    "Sáng 18/3, UBND huyện Sóc Sơn trao bằng công nhận xã Tân Hưng đạt chuẩn NTM năm 2023. "
    "Đến nay, xã đã đạt 19/19 tiêu chí, thu nhập bình quân 65,4 triệu đồng/người/năm.\n"
)


@pytest.fixture
def ntmsum(monkeypatch, capsys, tmp_path):
    """Runs the command line in this process; returns exit code, output and error output."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["ntmsum", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7\n\x00\x01", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "(DOCX|ZIP|zip|Word)"),
        (bytes(range(256)) * 8, "binary"),
        (b"The commune has met all nineteen criteria this year. " * 5, "Vietnamese"),
        ("全县已有十四个乡完成新农村建设规划。".encode() * 5, "Vietnamese"),
        (b"Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n", "."),
        (ARTICLE.encode() * (MAX_BYTES // len(ARTICLE.encode()) + 1), "1"),
    ],
    ids=["empty", "blank", "pdf", "docx", "binary", "english", "chinese", "boilerplate", "too-long"],
)
def test_unusable_input_is_one_sentence_and_exit_2(ntmsum, tmp_path, content, says):
    (tmp_path / "article.txt").write_bytes(content)
    code, out, err = ntmsum("run", "article.txt")
    assert (code, out) == (2, "")
    assert err.startswith("ntmsum: ")
    assert len(err.strip().splitlines()) == 1
    import re

    assert re.search(says, err)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nowhere.txt"], "no file nowhere.txt"),
        (["run", "."], "is a folder"),
        (["run", "article.txt", "--summarizer", "vit6"], "no model called 'vit6'"),
        (["run", "article.txt", "--summarizer", "opus-mt-vi-en"], "cannot summarize"),
        (["run", "article.txt", "--glossary", "terms.csv"], "terms.csv"),
        (["run", "article.txt", "--length", "huge"], "huge"),
        (["run"], "Missing argument"),
        (["fly"], "fly"),
    ],
)
def test_bad_usage_is_explained_with_exit_2(ntmsum, tmp_path, arguments, says):
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    code, _, err = ntmsum(*arguments)
    assert code == 2
    assert says in err
    assert "Traceback" not in err


def test_damaged_weights_are_explained(ntmsum, tmp_path, monkeypatch):
    monkeypatch.setenv("NTMSUM_MODELS", str(tmp_path / "nothing"))
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    code, _, err = ntmsum("run", "article.txt")
    assert code == 2
    assert "is missing" in err and "git checkout" in err


def test_models_are_listed(ntmsum):
    code, out, _ = ntmsum("models")
    assert code == 0
    assert {"vit5-base-vietnews", "envit5", "nllb-600m"} <= {line.split()[0] for line in out.splitlines()}


@pytest.mark.slow
def test_json_is_one_documented_report_per_article(ntmsum, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    code, out, err = ntmsum("run", "a.txt", "a.txt", "--json", "--length", "short")
    assert (code, err) == (0, "")
    first, second = (json.loads(line) for line in out.splitlines())
    assert first["schema"] == 1
    assert first.keys() == {"schema", "signature", "source", "summary", "translation", "alerts", "timings"}
    assert {**first, "timings": None} == {**second, "timings": None}


@pytest.mark.slow
def test_ctrl_c_ends_quietly(tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    command = [sys.executable, "-u", "-m", "ntmsum", "run", *[str(article)] * 50]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts background jobs with interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        process.stdout.readline()  # the first report: the run is under way
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
