import json
import logging
import re
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file

from app.page_script import ARTICLE, PageEngine, ScriptedLoad
from ntmsum.app import launch
from ntmsum.app.failures import explain
from ntmsum.app.logs import log, log_failure
from ntmsum.errors import CacheError, InputError, ModelError, NtmsumError

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "app.md"


@pytest.fixture(scope="module")
def engine():
    return PageEngine()


@pytest.fixture(scope="module")
def server(engine):
    server = launch(port=0, block=False, load=ScriptedLoad(engine))
    yield server
    server.close()


@pytest.fixture(scope="module")
def client(server):
    return Client(server.url, verbose=False)


def test_health_tells_of_the_model(server):
    for _ in range(50):
        answer = httpx.get(f"{server.url}/health").json()
        if answer["model"] == "loaded":
            break
        time.sleep(0.1)
    assert answer == {"status": "ok", "model": "loaded", "idle": True, "batches": 0}


def test_an_article_is_summarized_by_name(client):
    report = client.predict(ARTICLE, "medium", "vi", api_name="/summarize")
    assert report["summary"]["length"] == "medium"
    assert len(report["translation"]["sentences"]) == 2
    assert any("Bản dịch viết" in alert["message"] for alert in report["alerts"])


def test_sentences_are_translated_by_name(client):
    pairs = client.predict(
        "Mỗi gian hàng được hỗ trợ 3,5 triệu đồng. Ngày 12/10 khai trương.", "en", api_name="/translate"
    )
    assert [pair["en"].split()[0] for pair in pairs] == ["Each", "On"]


def test_texts_of_others_are_checked_by_name(client):
    alerts = client.predict(ARTICLE, "Chợ phiên có 64 gian hàng.", "", "en", api_name="/check")
    assert [alert["kind"] for alert in alerts] == ["number"]
    alerts = client.predict(
        ARTICLE, "Chợ phiên có 46 gian hàng.", "The market has 64 stalls.", "en", api_name="/check"
    )
    assert any("64" in alert["message"] for alert in alerts)


def test_a_text_of_many_sentences_is_refused_by_name(client):
    many = "Chợ họp. " * 201
    with pytest.raises(Exception, match="send at most 200"):
        client.predict(many, "en", api_name="/translate")
    with pytest.raises(Exception, match="send at most 200"):
        client.predict(ARTICLE, many, "", "en", api_name="/check")


def test_a_batch_is_followed_by_name(client, tmp_path):
    table = tmp_path / "in.csv"
    table.write_text(f'id,text\n=1+1,"{ARTICLE}"\n"trống",\n', encoding="utf-8")
    *_, (progress, results) = client.submit(handle_file(table), "short", "en", "", api_name="/batch")
    assert (progress["status"], progress["rows"], progress["failed"]) == ("done", 2, 1)
    rows = [json.loads(line) for line in Path(results).read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["=1+1", "trống"]
    again, _ = client.predict(None, "short", "en", progress["job"], api_name="/batch")
    assert again == progress


@pytest.mark.parametrize("name", ["", "../../etc", "A" * 22])
def test_no_batch_is_had_without_its_name(client, name):
    with pytest.raises(Exception, match=r"no file yet|no longer on the server"):
        client.predict(None, "short", "en", name, api_name="/batch")


def test_a_batch_reads_no_file_of_the_server(client):
    with pytest.raises(Exception) as refused:
        stolen = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
        client.predict(stolen, "short", "en", "", api_name="/batch")
    assert "root:" not in str(refused.value)


def test_a_programs_error_is_one_sentence(client):
    with pytest.raises(Exception, match="There is no article yet"):
        client.predict(" ", "short", "en", api_name="/summarize")


def test_only_documented_endpoints_are_offered(client):
    named = set(client.view_api(return_format="dict")["named_endpoints"])
    documented = set(re.findall(r"^\| `(/\w+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.M))
    assert named == documented == {"/summarize", "/translate", "/check", "/batch"}


def test_the_documented_example_runs(server, capsys):
    code = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)[1]
    exec(code.replace("http://127.0.0.1:7860", server.url), {})
    printed = capsys.readouterr().out
    assert "On October 12" in printed
    assert "Each stall" in printed
    assert "market Ngày 12/10" in printed


def test_a_request_that_is_too_large_is_refused(server):
    declared = httpx.post(f"{server.url}/gradio_api/queue/join", content=b"x" * 52_000_000)
    assert declared.status_code == 413

    def undeclared():
        for _ in range(520):
            yield b"x" * 100_000

    try:
        answer = httpx.post(f"{server.url}/gradio_api/queue/join", content=undeclared())
    except httpx.TransportError:
        return
    assert answer.status_code >= 400


@pytest.mark.parametrize(
    "path", ["/gradio_api/file=/etc/passwd", "/gradio_api/file=../../pyproject.toml", "/nothing"]
)
def test_no_file_of_the_server_is_served(server, path):
    answer = httpx.get(server.url + path, follow_redirects=True)
    assert "root:" not in answer.text
    assert "[project]" not in answer.text
    assert str(DOCUMENT.parents[1]) not in answer.text


def test_browsers_are_told_to_take_nothing_from_elsewhere(server):
    headers = httpx.get(server.url).headers
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_login_covers_the_page_and_its_endpoints(monkeypatch, engine):
    monkeypatch.setenv("NTMSUM_LOGIN", "desk:secret")
    server = launch(port=0, block=False, load=ScriptedLoad(engine))
    try:
        assert httpx.get(f"{server.url}/gradio_api/info").status_code == 401
        assert httpx.get(f"{server.url}/health").status_code == 200
        assert Client(server.url, auth=("desk", "secret"), verbose=False)
    finally:
        server.close()


def test_a_taken_port_is_told_with_the_remedy():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(NtmsumError, match="NTMSUM_PORT"):
        launch(port=taken.getsockname()[1], block=False)


def test_shutdown_lets_running_work_finish(engine):
    waiting = PageEngine()
    waiting.permits = threading.Semaphore(0)
    server = launch(port=0, block=False, load=ScriptedLoad(waiting))
    job = Client(server.url, verbose=False).submit(ARTICLE, "short", "en", api_name="/summarize")
    while httpx.get(f"{server.url}/health").json()["idle"]:
        time.sleep(0.05)
    closing = threading.Thread(target=server.close)
    closing.start()
    time.sleep(0.3)
    waiting.permits.release(10)
    assert job.result(timeout=20)["summary"]
    closing.join(timeout=20)
    assert not closing.is_alive()


def test_the_log_holds_figures_and_no_text(server, client, capfd):
    records = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(handler_format(record))
    logger = logging.getLogger("ntmsum.app")
    handler_format = logger.handlers[0].format
    logger.addHandler(handler)
    try:
        log("article done", seconds=1.5)
        try:
            raise ValueError(ARTICLE)
        except ValueError as error:
            log_failure("failed", error)
        client.predict(ARTICLE, "short", "en", api_name="/summarize")
    finally:
        logger.removeHandler(handler)
    entries = [json.loads(line) for line in records]
    assert entries[0]["event"] == "article done"
    assert entries[0]["seconds"] == 1.5
    assert entries[1]["error"] == "ValueError"
    assert not any("Yên Phú" in line for line in [*records, capfd.readouterr().err])


@pytest.mark.parametrize(
    "error", [ModelError("no /home/x/model"), CacheError("no /home/x/cache"), ValueError("/home/x")]
)
def test_errors_of_the_server_show_no_paths(error):
    assert "/home" not in explain(error, "vi") + explain(error, "en")


def test_errors_of_the_visitor_are_shown_as_they_are():
    assert explain(InputError("The text is empty: paste one."), "en") == "The text is empty: paste one."
