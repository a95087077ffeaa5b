"""Code that watches a widget while newer data comes in: it may fail and it may ask other widgets, and nothing hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

import hfprov_widgets as hfp
from hfprov_widgets.widgets import base

PATIENCE = 20  # seconds for threads that only a fault keeps from ending


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A service that answers when the event is set; no thread that asks it outlives the test."""
    answers = threading.Event()
    sample, newer = hfp.load_catalog("sample"), hfp.load_catalog("documented")

    def load_live(*_: object, **__: object) -> hfp.Catalog:
        assert answers.wait(PATIENCE)
        return newer

    monkeypatch.setattr(base, "offline", lambda: False)
    monkeypatch.setattr(base, "at_hand", lambda scope: sample)
    monkeypatch.setattr(base, "load_live", load_live)
    yield answers
    answers.set()
    for worker in workers():
        worker.join(PATIENCE)


def workers() -> list[threading.Thread]:
    """The threads that read newer data."""
    return [thread for thread in threading.enumerate() if thread.name == "hfprov-refresh"]


def settled(widget: hfp.ModelPicker) -> threading.Event:
    """Set when the widget is no longer refreshing."""
    done = threading.Event()

    def look(change: Any) -> None:
        if change["new"]["phase"] != "refreshing":
            done.set()

    widget.observe(look, "_freshness")
    return done


def test_widgets_that_ask_each_other_from_their_observers_do_not_hang(network: threading.Event) -> None:
    one, other = hfp.ModelPicker(), hfp.ModelPicker()
    both = threading.Barrier(2, timeout=PATIENCE)

    def asks(neighbour: hfp.ModelPicker) -> Any:
        def observer(change: object) -> None:
            both.wait()  # each is now in its own observer
            neighbour.to_markdown()

        return observer

    one.observe(asks(other), "_catalog")
    other.observe(asks(one), "_catalog")
    ends = [settled(one), settled(other)]
    network.set()
    assert all(end.wait(PATIENCE) for end in ends)
    assert one.catalog.source == other.catalog.source == "documented"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_observer_that_fails_keeps_no_widget_refreshing(network: threading.Event) -> None:
    picker = hfp.ModelPicker()
    told = threading.Event()
    picker.observe(lambda change: told.set() if change["new"] else None, "_fault")

    def fail(change: Any) -> None:
        if change["name"] == "_catalog":
            raise ValueError("no such thing")

    end = settled(picker)
    picker.observe(fail)
    network.set()
    assert end.wait(PATIENCE)
    assert told.wait(PATIENCE)
    assert picker._freshness["phase"] == "still"
    assert picker._fault == "Python code that watches this widget failed: ValueError: no such thing."


def test_a_catalogue_set_by_hand_wins_over_an_answer_under_way(network: threading.Event) -> None:
    picker = hfp.ModelPicker()
    [worker] = workers()
    tasks = hfp.load_catalog("tasks")
    picker.catalog = tasks
    network.set()
    worker.join(PATIENCE)
    assert picker.catalog is tasks
    assert picker._catalog == base.wire.encode(tasks)
    assert picker._freshness["phase"] == "still"


def test_a_catalogue_set_while_an_answer_is_being_told_is_the_one_that_stays(
    network: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has taken its data and is about to give it to the traits when another catalogue is set."""
    about, go_on = threading.Event(), threading.Event()
    picker, hold_sync = hfp.ModelPicker(), hfp.ModelPicker.hold_sync
    [worker] = workers()

    def held(self: hfp.ModelPicker) -> Any:
        if threading.current_thread() is worker and not about.is_set():
            about.set()
            assert go_on.wait(PATIENCE)
        return hold_sync(self)

    monkeypatch.setattr(hfp.ModelPicker, "hold_sync", held)
    network.set()
    assert about.wait(PATIENCE)
    picker.catalog = hfp.load_catalog("tasks")
    go_on.set()
    worker.join(PATIENCE)
    assert picker._catalog == base.wire.encode(hfp.load_catalog("tasks"))
    assert (picker._freshness["phase"], picker._freshness["can_refresh"]) == ("still", False)


def test_a_wish_for_newer_data_is_kept_where_a_watcher_of_it_fails(network: threading.Event) -> None:
    picker = hfp.ModelPicker()
    end = settled(picker)
    network.set()
    assert end.wait(PATIENCE)
    end = settled(picker)

    def fail(change: Any) -> None:
        if change["new"]["phase"] == "refreshing":
            raise ValueError("no such thing")

    picker.observe(fail, "_freshness")
    with pytest.raises(ValueError, match="no such thing"):
        picker.set_state({"_refresh": 1})
    assert end.wait(PATIENCE)
    assert picker._freshness["phase"] == "still"
