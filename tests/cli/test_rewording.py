"""A commit that rewords a sentence changes no row and grades nobody again; pages say the new words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cli.conftest import Shell
from tests.support import factories as make
from tests.support.dump import dump
from tracker.extensions import db
from tracker.models import Enrollment, RequirementVerdict

ROOT = Path(__file__).resolve().parents[2]
OLD = "On the same post as one that counts; the rule asks for different posts."
NEW = "Two comments on one post count once."

RUN = """
import sys, time
from config import from_environment
from tracker.app import create_app
from tracker.extensions import db
from tracker.models import User

app = create_app(from_environment())
for words in (["regrade"], ["rematch"], ["poll", "--all"]):
    print(app.test_cli_runner().invoke(args=["tracker", *words]).output)
client = app.test_client()
with app.app_context(), client.session_transaction() as session:
    session["_user_id"] = db.session.get_one(User, int(sys.argv[1])).get_id()
    session["since"] = session["used"] = time.time()
print(client.get(sys.argv[2]).text)
"""
"""Grade, match and poll again, then show a page; run by the program that is in the folder."""


@pytest.fixture
def reworded(tmp_path: Path) -> Path:
    """The program as a commit leaves it that rewords one sentence and does nothing else."""
    copy = tmp_path / "reworded"
    for name in ("tracker", "templates", "migrations"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    for name in ("config.py", "wsgi.py"):
        shutil.copy(ROOT / name, copy / name)
    table = copy / "tracker" / "wording" / "verdict_sentences.py"
    text = table.read_text(encoding="utf-8")
    assert text.count(OLD) == 1
    table.write_text(text.replace(OLD, NEW), encoding="utf-8")
    return copy


def test_rewording_a_sentence_changes_no_row_and_grades_nobody_again(term: Shell, reworded: Path) -> None:
    with term.app.app_context():
        admin = make.add_user(is_admin=True).id
        db.session.commit()
        student = db.session.scalars(select(Enrollment.id).where(Enrollment.external_id == "s0001")).one()
        assert db.session.scalars(select(RequirementVerdict)).all()
        before = dump()
    environment = {
        **os.environ,
        "TRACKER_SECRET_KEY": "s" * 32,
        "TRACKER_INSTANCE": str(term.folder),
        "TRACKER_DATABASE_URL": term.app.config["SQLALCHEMY_DATABASE_URI"],
        "TRACKER_ALLOW_PRIVATE_HOSTS": "127.0.0.1/32",
    }

    page = f"/courses/edt320/grades/c4t-1/{student}"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(admin), page],
        cwd=reworded, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "\n0 verdicts changed." in f"\n{done.stdout}"
    assert "3 comments matched again: 0 linkages and 0 verdicts changed." in done.stdout
    assert "0 new, 0 edited" in done.stdout
    assert term.facts() == before
    assert NEW in done.stdout
    assert OLD not in done.stdout
