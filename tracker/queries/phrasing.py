"""What verdicts are put into words with: the course's locale and the titles of their blogs.

Tested in tests/queries/status/test_student_status.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.grade import Verdict
from tracker.models import Blog, Course
from tracker.wording.sentences import Phrasing


def load_phrasing(session: Session, course: Course, verdicts: Iterable[Verdict]) -> Phrasing:
    """For the sentences of these verdicts; one question where they name a blog."""
    params = (it for one in verdicts for it in (one.params, *(hint.params for hint in one.hints)))
    named = {blog_id for it in params if isinstance(blog_id := it.get("blog_id"), int)}
    return Phrasing(course.locale, load_blog_titles(session, named))


def load_blog_titles(session: Session, blog_ids: Iterable[int]) -> dict[int, str]:
    """blog -> its title, or its address without one."""
    wanted = sorted(blog_ids)
    if not wanted:
        return {}
    rows = session.execute(select(Blog.id, Blog.title, Blog.home_url).where(Blog.id.in_(wanted)))
    return {blog_id: title or home_url for blog_id, title, home_url in rows}
