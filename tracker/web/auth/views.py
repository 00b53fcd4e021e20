"""The pages on which people come in: sign in, use an invitation, change a password, sign out."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from tracker import clock
from tracker.domain.errors import NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.people import accounts, invitations
from tracker.jobs.people.sign_in import begin_attempt, end_attempt
from tracker.models import User
from tracker.queries.people.people import account_of_invitation, find_by_sign_in
from tracker.web.access import Page, public, signed_in
from tracker.web.auth import passwords, sessions
from tracker.web.auth.forms import (
    ChangePasswordForm,
    JoinCourseForm,
    NamedInvitationForm,
    NewPasswordForm,
    SignInForm,
)
from tracker.web.redirects import next_page

bp = Blueprint("auth", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    form = SignInForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(next_page(request.args.get("next")))
        form.next.data = request.args.get("next", "")
    elif form.validate():
        user = _check(form.name.data, form.password.data)
        if isinstance(user, User):
            sessions.begin(user)
            return redirect(next_page(form.next.data))
        form.refuse(user)
    return render_template("auth/sign_in.html", form=form), 422 if form.is_submitted() else 200


def _check(name: str, password: str) -> User | str:
    """The user, or why not; the answer is the same for a wrong password and for no such account."""
    secret = current_app.config["SECRET_KEY"]
    attempt = begin_attempt(
        passwords.keyed_hash(secret, "account", name.casefold()),
        passwords.keyed_hash(secret, "address", request.remote_addr or ""),
        now=clock.now(),
    )
    if not attempt.allowed:
        return "Too many attempts. Wait 15 minutes, or ask your instructor for a new link."
    user = find_by_sign_in(db.session(), name)
    right = passwords.is_right(user.password_hash if user else None, password)
    if user is None or not right or user.is_disabled:
        return "Wrong email or password."
    user_id = user.id
    end_attempt(attempt)
    return db.session.get_one(User, user_id)


@bp.route("/sign-out", methods=["POST"])
@public
def sign_out() -> Page:
    """End this person's sessions, here and on other computers: a copied cookie is worth nothing."""
    if current_user.is_authenticated:
        accounts.end_sessions(current_user.id)
    sessions.end()
    flash("You’re signed out.")
    return redirect(url_for(".sign_in"))


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> Page:
    try:
        invited = invitations.read_invitation(db.session(), token, clock.now())
    except NotFoundError as error:
        return render_template("auth/used_invitation.html", says=str(error)), 404
    account = account_of_invitation(db.session(), invited.invitation_id)
    if account is not None:
        return _join(token, invited, account.email or account.sign_in_name or "")
    form = NamedInvitationForm() if invited.needs_sign_in_name else NewPasswordForm()
    if form.validate_on_submit():
        try:
            user_id = invitations.accept_invitation(
                token,
                passwords.hash_password(form.password.data),
                now=clock.now(),
                sign_in_name=form.sign_in_name.data if invited.needs_sign_in_name else "",
            )
        except TrackerError as error:
            form.refuse(str(error))
        else:
            sessions.begin(db.session.get_one(User, user_id))
            flash("Password saved. Use it to sign in from now on.")
            return redirect(url_for("home.index"))
    status = 422 if form.is_submitted() else 200
    return render_template("auth/invitation.html", form=form, invited=invited), status


def _join(token: str, invited: invitations.OpenInvitation, name: str) -> Page:
    """Add a course to an account there is: for its owner's password only, which stays as it is."""
    form = JoinCourseForm()
    if form.validate_on_submit():
        user = _check(name, form.current.data)
        if isinstance(user, User):
            user_id = invitations.accept_invitation(token, user.password_hash or "", now=clock.now())
            sessions.begin(db.session.get_one(User, user_id))
            return redirect(url_for("home.index"))
        form.refuse(user)
    return render_template("auth/join.html", form=form, invited=invited), 422 if form.is_submitted() else 200


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def change_password() -> Page:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        user = _check(current_user.email or current_user.sign_in_name or "", form.current.data)
        if isinstance(user, User):
            user_id = user.id
            accounts.set_password(user_id, passwords.hash_password(form.password.data), now=clock.now())
            sessions.begin(db.session.get_one(User, user_id))
            flash("Password changed. Your other devices are signed out.")
            return redirect(url_for("home.index"))
        form.refuse("Wrong current password.")
    return render_template("auth/change_password.html", form=form), 422 if form.is_submitted() else 200
