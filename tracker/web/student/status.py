"""The student's own status page, and the receipts saved on it."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import TrackerError
from tracker.extensions import db
from tracker.jobs.receipts.receipts import ReceiptReport, save_receipt
from tracker.jobs.review.claims import load_claimable
from tracker.queries.review.claims import load_disclaimed
from tracker.queries.status.student_status import StudentStatus, load_status
from tracker.queries.verdicts.gradebook import load_released
from tracker.web.act import act
from tracker.web.filters import instant
from tracker.web.student.forms import ReceiptForm

bp = Blueprint("status", __name__)


@bp.get("/")
def index() -> str:
    status = _load()
    return _page(status, _form(status))


@bp.post("/receipts")
def save() -> str | tuple[str, int] | Response:
    status = _load()
    if status.is_archived:
        flash("This course is over. You can’t save receipts anymore.")
        return redirect(url_for(".index"))
    form = _form(status)
    if not form.validate():
        return _page(status, form), 422
    saving = act()
    try:
        report = save_receipt(g.enrollment.id, form.place, form.text.data or "", saving)
    except TrackerError as exc:
        form.refuse_link(str(exc))
        return _page(status, form), 422
    flash(_say_saved(report, is_new=report.saved_at == saving.now))
    return redirect(url_for(".index", round=status.round.key if status.round else None, _anchor="receipts"))


def _load() -> StudentStatus:
    return load_status(db.session(), g.enrollment.id, clock.now(), request.args.get("round"))


def _form(status: StudentStatus) -> ReceiptForm:
    return ReceiptForm(status.round.choices if status.round else ())


def _page(status: StudentStatus, form: ReceiptForm) -> str:
    unmatched = () if status.is_archived else load_claimable(db.session(), g.enrollment.id)
    disclaimed = load_disclaimed(db.session(), g.course.id, g.enrollment.id)
    return render_template(
        "student/status.html",
        status=status,
        grades=load_released(db.session(), g.enrollment),
        form=form,
        unmatched=unmatched,
        disclaimed=() if status.is_archived else disclaimed,
    )


def _say_saved(report: ReceiptReport, *, is_new: bool) -> str:
    saved = instant(report.saved_at)
    said = f"Receipt saved, {saved}." if is_new else f"You already saved this receipt, {saved}."
    if report.blog_id is None:
        said += " Its link is not on a blog this course follows. Your instructor will check it."
    elif not report.names_post:
        said += (
            " Its link goes to the blog, not to a post. Save another receipt with the post’s own link too."
        )
    return said
