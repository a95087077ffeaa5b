"""Time that passes only when somebody sleeps, for the tests of waiting."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from hfprov_widgets.data.pace import Pace

START = datetime(2026, 10, 10, 8, tzinfo=timezone.utc)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    def pace(self, **more: Any) -> Pace:
        return Pace(
            sleep=self.sleep,
            clock=lambda: self.passed,
            now=lambda: START + timedelta(seconds=self.passed),
            chance=lambda: 0.0,
            **more,
        )
