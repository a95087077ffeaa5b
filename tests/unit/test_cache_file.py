"""What can happen to the cache's file: damage, other programs, no room; and what is forgotten."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from hfprov_widgets.data import cache_file
from hfprov_widgets.data.hub import HubClient
from hfprov_widgets.data.router import RouterClient
from tests.clock import Clock
from tests.service import Service, hub_model, mapping, offer, router_model


def test_a_damaged_file_is_set_aside_and_replaced(service: Service, tmp_path: Path) -> None:
    damaged = b"this is no database " * 100
    (tmp_path / "bad.sqlite").write_bytes(damaged)
    client = HubClient(service.url, cache=tmp_path / "bad.sqlite")
    with pytest.warns(UserWarning, match=r"the cache was damaged .* it is now bad\.sqlite\.damaged-"):
        client.list_models()
    client.list_models()
    assert len(service.seen) == 1, "the new file is in use"
    [aside] = tmp_path.glob("bad.sqlite.damaged-*")
    assert aside.read_bytes() == damaged


def test_a_file_that_is_damaged_in_use(cached: RouterClient, service: Service, tmp_path: Path) -> None:
    cached.list_models()
    file = tmp_path / "replies.sqlite"
    file.write_bytes(file.read_bytes()[:4096] + b"\0" * 4096 + b"nonsense" * 1024)
    other = RouterClient(service.router_url, cache=file)
    with pytest.warns(UserWarning, match="the cache was damaged"):
        assert len(other.list_models()) == 1
    assert len(other.list_models()) == 1
    assert len(service.seen) == 2
    other.close()


def test_a_file_that_is_damaged_under_two_clients_is_replaced_once(service: Service, tmp_path: Path) -> None:
    service.router = [router_model("a/b", offer("groq"))]
    service.models = [hub_model("a/b", mapping("groq"))]
    file = tmp_path / "replies.sqlite"
    router, hub = RouterClient(service.router_url, cache=file), HubClient(service.url, cache=file)
    router.list_models()
    hub.list_models()
    damaged = file.read_bytes()[:4096] + b"nonsense" * 4096
    file.write_bytes(damaged)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for client in (router, hub, router, hub):
            client.list_models()
    [aside] = tmp_path.glob("replies.sqlite.damaged-*")
    assert aside.read_bytes() == damaged
    assert len([one for one in caught if "damaged" in str(one.message)]) == 1
    asked = len(service.seen)
    router.list_models()
    hub.list_models()
    assert len(service.seen) == asked, "both use the new file"


def test_a_file_that_is_deleted_in_use_is_made_again(cached: RouterClient, service: Service, tmp_path: Path) -> None:
    cached.list_models()
    (tmp_path / "replies.sqlite").unlink()
    for _ in range(3):
        cached.list_models()
    cached.close()
    cached.list_models()
    assert len(service.seen) <= 2


def test_closing_while_others_read_harms_nobody(service: Service, tmp_path: Path) -> None:
    """In a process of its own: it used to take the whole interpreter along."""
    service.router = [router_model("a/b", offer("groq"))]
    code = f"""
import threading, time, hfprov_widgets as hfp
client = hfp.RouterClient({service.router_url!r}, cache={str(tmp_path / "replies.sqlite")!r})
end = time.monotonic() + 2
def read():
    while time.monotonic() < end:
        assert len(client.list_models()) == 1
threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads: thread.start()
while time.monotonic() < end:
    client.close()
for thread in threads: thread.join()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(tmp_path.glob("*.damaged-*"))


def test_one_damaged_entry_is_asked_for_anew(cached: RouterClient, service: Service, tmp_path: Path) -> None:
    cached.list_models()
    with contextlib.closing(sqlite3.connect(tmp_path / "replies.sqlite")) as database:
        database.execute("UPDATE responses SET value = '{\"status_code\": '")
        database.commit()
    cached.list_models()
    cached.list_models()
    assert len(service.seen) == 2


def test_a_file_that_another_program_holds_is_not_waited_for_for_ever(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_file, "_BUSY", 0.1)
    file = tmp_path / "replies.sqlite"
    client = RouterClient(service.router_url, cache=file)
    client.list_models()
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        other = RouterClient(service.router_url, cache=file)
        with pytest.warns(UserWarning, match="the cache cannot be used.*locked"):
            other.list_models()
    assert len(service.seen) == 2


def test_a_folder_that_cannot_be_made(service: Service, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    client = HubClient(service.url, cache=tmp_path / "taken" / "replies.sqlite")
    with pytest.warns(UserWarning, match="the cache cannot be used"):
        client.list_models()
    client.list_models()  # and then in silence
    assert len(service.seen) == 2


def test_what_is_very_old_is_forgotten(service: Service, clock: Clock, tmp_path: Path) -> None:
    service.models = [hub_model(f"org/m{n}", mapping("groq")) for n in range(3)]
    client = HubClient(service.url, cache=tmp_path / "replies.sqlite", pace=clock.pace())
    client.list_models(search="m1")
    clock.passed += 40 * 86_400
    client.list_models(search="m2")
    with contextlib.closing(sqlite3.connect(tmp_path / "replies.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM responses").fetchone() == (1,)
    client.close()
