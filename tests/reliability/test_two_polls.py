"""Several polls at once, as cron and a button or two machines start them: one works, nobody is hurt (S3),
and whoever uses the site meanwhile waits for nothing (S4)."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import quantiles

import pytest
from sqlalchemy import func, select

from tests.reliability.kept import Scene
from tests.support.kill_course import EDUCATORS, FEEDS, NIGHT
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.jobs.receipts.receipts import save_receipt
from tracker.models import Comment, Enrollment, Poll, Receipt, Run

RECEIPTS = 50
PAUSE_S = 0.15


@pytest.mark.parametrize("number", [2, 8])
def test_of_polls_at_once_one_works_and_the_others_say_so(scene: Scene, number: int, tmp_path: Path) -> None:
    scene.server.pause_s = PAUSE_S
    outs = [tmp_path / f"poll{n}" for n in range(number)]
    pids = [scene.forks.command(scene.server.port, "poll", "--all", out=out) for out in outs]
    codes = [scene.forks.wait(pid) for pid in pids]
    said = [Path(f"{out}.out").read_text(encoding="utf-8") for out in outs]
    errors = [Path(f"{out}.err").read_text(encoding="utf-8") for out in outs]
    assert (codes, errors) == ([0] * number, [""] * number), said
    worked = [words for words in said if f"{FEEDS} of {FEEDS} feeds checked" in words]
    others = [words for words in said if words.startswith("Another check has been running since ")]
    assert (len(worked), len(others)) == (1, number - 1), said
    assert all(len(words.splitlines()) == 1 for words in others)
    with scene.app.app_context():
        session = db.session()
        assert session.scalar(select(func.count()).select_from(Comment)) == 12
        assert session.scalar(select(func.count(func.distinct(Comment.permalink)))) == 12
        runs = session.scalars(select(Run).order_by(Run.id)).all()
        assert (len(runs), runs[-1].due, runs[-1].done, runs[-1].reason) == (2, FEEDS, FEEDS, "")
        assert session.scalar(select(func.count()).where(Poll.run_id == runs[-1].id)) == FEEDS


def test_receipts_are_saved_at_once_while_a_poll_stores(scene: Scene) -> None:
    scene.server.pause_s = 0.05
    with scene.app.app_context():
        student_id = db.session.scalars(select(Enrollment.id).order_by(Enrollment.id.desc())).first()
        assert student_id is not None
        url = f"http://{EDUCATORS[1]}/a-quiet-week/"
        took = []
        pid = scene.forks.start(scene.server.port)
        for number in range(RECEIPTS):
            started = time.monotonic()
            save_receipt(student_id, url, f"Thought number {number}", Act(NIGHT))
            took.append(time.monotonic() - started)
        assert scene.forks.wait(pid) == 0
        saved = select(func.count()).where(Receipt.enrollment_id == student_id, Receipt.url == url)
        assert db.session.scalar(saved) == RECEIPTS
        assert db.session.scalars(select(Run.done).order_by(Run.id.desc())).first() == FEEDS
        db.session.rollback()
    p95 = quantiles(took, n=20)[-1]
    print(f"{RECEIPTS} receipts while a poll stores: p95 {p95 * 1000:.0f} ms")
    assert p95 < 1.0
