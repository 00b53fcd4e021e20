"""One-time links for students, on a sheet to print: a card for each, to be cut apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, g, render_template, request, url_for

from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.people import invitations
from tracker.models import Enrollment
from tracker.queries.people.people import students_with_account, students_without_account
from tracker.web import load
from tracker.web.act import act
from tracker.web.forms import ButtonForm

bp = Blueprint("invitations", __name__, url_prefix="/students/invitations")


@dataclass(frozen=True)
class InvitationCard:
    """What a student is handed. `url` is shown this once and kept nowhere."""

    name: str
    section: str
    url: str
    is_new: bool


@bp.route("")
def index() -> str:
    return render_template("instructor/people/invitations.html", **_students(), form=ButtonForm())


@bp.route("", methods=["POST"])
def make() -> str:
    """Answers with the sheet itself: after a redirect the links could no longer be shown."""
    students = _students()
    invited = _chosen(students["waiting"], "student")
    forgetful = _chosen(students["signed_up"], "forgotten")
    cards = [_card(*who, invitations.invite(who[0], act()), is_new=True) for who in invited]
    cards += [
        _card(*who, invitations.offer_new_password(_user_id(who[0]), act()), is_new=False)
        for who in forgetful
    ]
    if not cards:
        return index()
    return render_template("instructor/people/invitation_sheet.html", cards=cards)


def _students() -> dict[str, Sequence[Enrollment]]:
    asked = (db.session(), g.course.id, load.visible_section_ids())
    return {"waiting": students_without_account(*asked), "signed_up": students_with_account(*asked)}


def _chosen(students: Sequence[Enrollment], field: str) -> list[tuple[int, str, str]]:
    """Id, name and section of the students ticked, as plain values: each link is made in a
    transaction of its own, which lets go of the rows read before."""
    ticked = set(request.form.getlist(field))
    return [
        (
            student.id,
            f"{student.preferred_name or student.given_name} {student.family_name}".strip(),
            student.section.name if student.section else "",
        )
        for student in students
        if str(student.id) in ticked
    ]


def _user_id(enrollment_id: int) -> int:
    user_id = load.student_or_404(enrollment_id).user_id
    if user_id is None:
        raise ConflictError("This student no longer has an account. Reload the page.")
    return user_id


def _card(_: int, name: str, section: str, token: str, is_new: bool) -> InvitationCard:
    # The address comes from settings: what a request calls this host is not to be believed.
    return InvitationCard(
        name, section, current_app.config["BASE_URL"] + url_for("auth.invitation", token=token), is_new
    )
