"""Alarms ring in time, in order, and not at all when they were called off."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from tracker.feeds.client.alarms import Alarms

LONG_S = 20.0
"""Nobody waits so long: it is how long a test waits before it fails."""


def test_an_alarm_rings_after_its_time() -> None:
    rang = threading.Event()
    started = time.monotonic()
    Alarms().set(0.05, rang.set)
    assert rang.wait(LONG_S)
    assert time.monotonic() - started >= 0.05


def test_an_earlier_alarm_set_later_does_not_wait_for_the_other() -> None:
    alarms, rang, other = Alarms(), threading.Event(), threading.Event()
    alarms.set(LONG_S, other.set)
    alarms.set(0.02, rang.set)
    assert rang.wait(LONG_S / 2)
    assert not other.is_set()


def test_a_cancelled_alarm_does_not_ring() -> None:
    alarms, rang, after = Alarms(), threading.Event(), threading.Event()
    alarms.set(0.05, rang.set).cancel()
    alarms.set(0.1, after.set)
    assert after.wait(LONG_S)
    assert not rang.is_set()


def test_an_action_that_fails_does_not_silence_the_next(caplog: pytest.LogCaptureFixture) -> None:
    alarms, after = Alarms(), threading.Event()

    def fail() -> None:
        raise OSError

    with caplog.at_level(logging.ERROR):
        alarms.set(0.01, fail)
        alarms.set(0.05, after.set)
        assert after.wait(LONG_S)
    assert "failed" in caplog.text


def test_many_alarms_share_one_thread_and_are_forgotten_once_cancelled() -> None:
    alarms = Alarms()
    before = threading.active_count()
    for _ in range(1000):
        alarms.set(LONG_S, lambda: None).cancel()
    assert threading.active_count() <= before + 1
    assert len(alarms._waiting) <= 1
