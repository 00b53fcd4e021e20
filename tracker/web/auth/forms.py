"""Forms for signing in and choosing a password."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from tracker.web.auth.passwords import MAX_LENGTH, GoodPassword
from tracker.web.forms import BaseForm, max_length


class SignInForm(BaseForm):
    name = StringField(
        "E-mail or sign-in name", [InputRequired("Write what you sign in with."), max_length(254)]
    )
    password = PasswordField("Password", [InputRequired("Write your password."), max_length(MAX_LENGTH)])
    next = HiddenField()


class NewPasswordForm(BaseForm):
    password = PasswordField("New password", [InputRequired("Choose a password."), GoodPassword()])
    again = PasswordField("The same again", [EqualTo("password", "The two passwords differ.")])


class NamedInvitationForm(NewPasswordForm):
    """For somebody without e-mail, who chooses what to sign in with."""

    sign_in_name = StringField(
        "Name to sign in with",
        [InputRequired("Choose a name to sign in with."), Length(3, 80, "A name of 3 to 80 characters.")],
    )


class JoinCourseForm(BaseForm):
    """For somebody invited to a course who has an account from another one."""

    current = PasswordField("Password", [InputRequired("Write your password."), max_length(MAX_LENGTH)])


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(
        "Present password", [InputRequired("Write your present password."), max_length(MAX_LENGTH)]
    )
