"""What a student fills in.

Tested in tests/web/student/test_status.py.
"""

from __future__ import annotations

from typing import Any

from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from tracker.queries.status.student_status import PostChoice
from tracker.web.forms import BaseForm, max_length

OTHER = "other"
_PASTE = "Paste the post’s address from your browser’s address bar."


class ClaimForm(BaseForm):
    word = StringField(validators=[AnyOf(("mine", "not-mine", "take-back"))])


class ReceiptForm(BaseForm):
    """Where a comment was left, and its text. The link is read only for another post than those
    on offer."""

    post = RadioField("Which post?", validate_choice=False)
    link = StringField("Link to the post", [max_length(2000)])
    text = TextAreaField(
        "The text of your comment",
        [
            InputRequired("Paste the text of your comment too. We use it to find the comment."),
            Length(max=20_000, message="Use at most 20,000 characters; the beginning is enough."),
        ],
    )

    def __init__(self, choices: tuple[PostChoice, ...], **more: Any) -> None:
        super().__init__(**more)
        self.places = {str(choice.post_id): choice.url for choice in choices}
        self.post.choices = [*((str(choice.post_id), choice.title) for choice in choices), (OTHER, "Another")]
        # A post that is no longer on offer asks for its link again; nothing that was typed is lost.
        if self.post.data not in self.places:
            first = next(iter(self.places), OTHER)
            self.post.data = OTHER if self.is_submitted() else first

    @property
    def place(self) -> str:
        """The address the receipt is for."""
        return self.places.get(self.post.data or "", self.link.data or "")

    def validate_link(self, field: Field) -> None:
        if not self.place:
            raise ValidationError(_PASTE)

    def refuse_link(self, says: str) -> None:
        """Add what a job said about the link, beside it."""
        self.link.errors = [*self.link.errors, says]
