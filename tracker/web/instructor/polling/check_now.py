"""A check of the blogs that a button asks for: begun in the background, so that no page waits for it.

Tested in tests/web/instructor/blogs/test_blogs.py.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Thread

from flask import Flask, current_app

from tracker import clock
from tracker.domain.errors import ConflictError
from tracker.jobs.dependencies import make_tools
from tracker.jobs.polling.poll import refuse_if_running, run_poll

log = logging.getLogger(__name__)


def start_check(course_id: int, feed_urls: Sequence[str] | None = None) -> Thread:
    """Check every feed of a course, or these, from now on; the thread that does it.

    ConflictError when another check is in progress, or when settings leave checking to the nightly job
    alone. A check that is interrupted loses nothing: the next one takes up what is left.
    """
    if not current_app.config.get("CHECK_FROM_PAGES", True):
        raise ConflictError("On this site, only the nightly job checks blogs. You’ll see its results here.")
    refuse_if_running(clock.now())
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy is no use to a thread
    thread = Thread(target=_check, args=(app, course_id, feed_urls), name="check", daemon=True)
    thread.start()
    return thread


def _check(app: Flask, course_id: int, feed_urls: Sequence[str] | None) -> None:
    with app.app_context():
        try:
            with make_tools(app.config) as tools:
                for url in [None] if feed_urls is None else feed_urls:
                    run_poll(
                        tools,
                        clock.now,
                        trigger="button",
                        course_id=course_id,
                        feed_url=url,
                        everything=True,
                    )
        except Exception:
            # No caller sees an error of a thread; what was stored until here is kept.
            log.exception("A check of course %s ended early", course_id)
