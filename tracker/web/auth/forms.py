"""Forms for signing in and choosing a password.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from tracker.web.auth.passwords import MAX_LENGTH, GoodPassword
from tracker.web.forms import BaseForm, max_length


class SignInForm(BaseForm):
    name = StringField(
        "Email or sign-in name", [InputRequired("Enter your email or sign-in name."), max_length(254)]
    )
    password = PasswordField("Password", [InputRequired("Enter your password."), max_length(MAX_LENGTH)])
    next = HiddenField()


class NewPasswordForm(BaseForm):
    password = PasswordField("New password", [InputRequired("Choose a password."), GoodPassword()])
    again = PasswordField("Confirm password", [EqualTo("password", "The two passwords don’t match.")])


class NamedInvitationForm(NewPasswordForm):
    """For a person without an email address, who chooses a name to sign in with."""

    sign_in_name = StringField(
        "Sign-in name",
        [InputRequired("Choose a sign-in name."), Length(3, 80, "Use 3 to 80 characters.")],
    )


class JoinCourseForm(BaseForm):
    """For a person invited to a course who has an account from another one."""

    current = PasswordField("Password", [InputRequired("Enter your password."), max_length(MAX_LENGTH)])


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(
        "Current password", [InputRequired("Enter your current password."), max_length(MAX_LENGTH)]
    )
