"""Matching settings: course words, staff names, course blog, and how certain a match must be."""

from __future__ import annotations

import math
from decimal import Decimal

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, DecimalField, IntegerField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from tracker.domain.effects import Effects
from tracker.domain.roster import CourseSigns
from tracker.extensions import db
from tracker.jobs.matching.settings import apply_settings
from tracker.queries.matching.known_handles import learns_from_accepts
from tracker.queries.matching.match_inputs import load_signs
from tracker.queries.review.review_queue import load_students
from tracker.queries.review.reviewed_comment import load_shown
from tracker.web import load
from tracker.web.act import act
from tracker.web.forms import BaseForm, max_length
from tracker.wording.effects import say_effects, say_ways

SHOWN = 20
"""Comments of which a preview shows what would become of them."""

bp = Blueprint("matching", __name__, url_prefix="/matching")
bp.before_request(load.whole_course_or_404)


class MatchingForm(BaseForm):
    """One word or name per line."""

    words = TextAreaField("Course words", [max_length(2000)])
    staff_names = TextAreaField("Staff names", [max_length(2000)])
    course_blog = StringField("Address of the course blog", [max_length(500)])
    one_in = IntegerField(
        "A given student writes one in this many comments",
        [InputRequired(), NumberRange(8, 100_000, message="Enter a number from 8 to 100,000.")],
    )
    accept_at = DecimalField(
        "Match automatically at (%)",
        [InputRequired(), NumberRange(80, 99.99, message="Enter a number from 80 to 99.99.")],
        places=None,
    )
    review_at = DecimalField(
        "Ask a person at (%)",
        [InputRequired(), NumberRange(0.1, 50, message="Enter a number from 0.1 to 50.")],
        places=None,
    )
    learns = BooleanField("Learn accounts from automatic matches")
    save = SubmitField("Save")

    def signs(self) -> CourseSigns:
        return CourseSigns(
            words=_lines(self.words.data),
            staff_names=_lines(self.staff_names.data),
            course_blog=self.course_blog.data or "",
            prior_bits=-math.log2(self.one_in.data),
            accept_at=float(self.accept_at.data) / 100,
            review_at=float(self.review_at.data) / 100,
        )


@bp.get("")
def index() -> str:
    return _page(_filled())


@bp.post("")
def save() -> str | tuple[str, int] | Response:
    """Preview or save: without the button "Save" nothing is kept."""
    form = MatchingForm()
    if not form.validate():
        return _page(form), 422
    preview = not form.save.data
    effects = apply_settings(g.course.id, form.signs(), bool(form.learns.data), act(preview=preview))
    if preview:
        return _page(form, effects)
    flash(f"Saved. {say_effects(effects, done=True)} Decisions by people stay.")
    return redirect(url_for(".index"))


def _filled() -> MatchingForm:
    signs = load_signs(db.session(), g.course.id)
    return MatchingForm(
        formdata=None,
        words="\n".join(signs.words),
        staff_names="\n".join(signs.staff_names),
        course_blog=signs.course_blog,
        one_in=round(2**-signs.prior_bits),
        accept_at=_percent(signs.accept_at),
        review_at=_percent(signs.review_at),
        learns=learns_from_accepts(db.session(), g.course.id),
    )


def _percent(probability: float) -> Decimal:
    """As it is typed: 90, not 90.00."""
    return Decimal(f"{probability * 100:.6g}")


def _page(form: MatchingForm, effects: Effects | None = None) -> str:
    changes = effects.answers[:SHOWN] if effects else ()
    session, course_id = db.session(), g.course.id
    shown = load_shown(session, course_id, [one.comment_id for one in changes])
    return render_template(
        "instructor/matching/settings.html",
        form=form,
        says=say_effects(effects) if effects else "",
        ways=say_ways(effects) if effects else (),
        moved=len(effects.answers) if effects else 0,
        changes=changes,
        comments={one.id: one for one in shown},
        students=load_students(session, course_id) if changes else {},
    )


def _lines(text: str | None) -> tuple[str, ...]:
    found = (line.strip() for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in found if line))
