"""Whatever rule a real course has, its instructor finds it in the form and loses nothing by saving it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.cast import COURSE, Cast, post, sign_in
from tests.web.instructor.assignments.test_assignments import HERE, filled_in
from tracker.clock import now
from tracker.domain.act import Act
from tracker.extensions import db
from tracker.grading.rules.document import terms_from_document
from tracker.jobs.verdicts.terms import put_terms
from tracker.models import AssignmentTermsVersion

FILES = sorted((Path(__file__).parents[4] / "docs" / "rules").glob("*.json"))


@pytest.mark.one_database
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_rule_that_is_saved_with_another_title_is_the_same_but_for_it(
    app: Flask, cast: Cast, client: FlaskClient, file: Path
) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    terms = terms_from_document(document)
    with app.app_context():
        put_terms(cast.course_id, "round-1", terms, Act(now(), seen=0))
        before = db.session.scalars(select(AssignmentTermsVersion)).one().document
    sign_in(client, cast.instructor)
    url = f"{HERE}/assignments/round-1"
    page = client.get(url).text
    assert COURSE in page
    answer = post(client, url, **{**filled_in(page), "title": "Another title"})
    assert answer.status_code == 302, answer.text
    with app.app_context():
        rows = db.session.scalars(select(AssignmentTermsVersion).order_by(AssignmentTermsVersion.version))
        documents = [row.document for row in rows]
    assert documents == [before, {**before, "title": "Another title", "version": 2}]
