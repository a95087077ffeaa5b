"""The garbage collector is off while anybody is inside, and afterwards as it was."""

from __future__ import annotations

import gc

import pytest

from hfprov_widgets.data.collector import collector_paused


def test_it_stays_off_until_the_last_one_leaves() -> None:
    first, second = collector_paused(), collector_paused()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)  # as threads do: not in the order in which they came
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_an_error_inside_switches_it_on_again() -> None:
    with pytest.raises(ValueError, match="inside"), collector_paused():
        raise ValueError("inside")
    assert gc.isenabled()


def test_what_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
