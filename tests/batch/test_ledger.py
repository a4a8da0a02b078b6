"""What the ledger was given is there again, or the error says what to do."""

import sqlite3
import subprocess
import sys

import pytest

from ntmsum.batch.ledger import Ledger, Result, Seen, result_key
from ntmsum.errors import DataError

ONE = Result(b"1", '{"text": "Xã Mỹ Hòa"}')
TWO = Result(b"2", "empty", failed=True)


def test_results_survive_closing(tmp_path):
    with Ledger(tmp_path / "x") as ledger:
        ledger.put([ONE, TWO])
        ledger.signature = "a"
    with Ledger(tmp_path / "x") as ledger:
        assert (ledger.get(b"1"), ledger.get(b"2"), ledger.signature) == (ONE, TWO, "a")
        assert b"1" in ledger and b"3" not in ledger
        ledger.forget_failures()
        assert b"1" in ledger and b"2" not in ledger
        with pytest.raises(KeyError):
            ledger.get(b"2")


@pytest.mark.parametrize("other", [("sig2", "text"), ("sig", "text2"), ("sig", b"text"), ("sig\0text", "")])
def test_the_key_depends_on_signature_and_input(other):
    assert result_key("sig", "text") == result_key("sig", "text") != result_key(*other)


HOLD = """
import sys, time
from pathlib import Path
from ntmsum.batch.ledger import Ledger
with Ledger(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_refused_until_the_first_is_gone(tmp_path):
    path = tmp_path / "x"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(DataError, match="Another process is writing"):
            Ledger(path)
    finally:
        holder.kill()
        holder.communicate()
    with Ledger(path) as ledger:
        assert ledger.signature is None


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path):
    (tmp_path / "x").write_text("bảng tính của tòa soạn " * 100)
    with pytest.raises(DataError, match="damaged"):
        Ledger(tmp_path / "x")
    assert (tmp_path / "x").read_text().startswith("bảng tính")


def test_a_full_disk_keeps_what_was_put_before(tmp_path):
    with Ledger(tmp_path / "x") as ledger:
        ledger.put([ONE])
        ledger._base.execute("PRAGMA max_page_count = 5")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            ledger.put([Result(bytes([n]), str(n) * 9000, failed=True) for n in range(200)])
    with Ledger(tmp_path / "x") as ledger:
        assert ledger.get(b"1") == ONE


def test_an_id_is_known_the_second_time():
    ids = Seen()
    assert [ids.first("x", 1), ids.first("y", 2), ids.first("x", 3)] == [None, None, 1]
