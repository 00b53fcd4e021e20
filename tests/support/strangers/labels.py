"""Which comments a careful person would want to look at first, from what the generator knows."""

from __future__ import annotations

from tests.support.strangers.drafts import Draft
from tests.support.strangers.persons import Person, squeeze
from tests.support.strangers.students import Student

COURSE = frozenset({"course", "college"})
"""On an assigned blog the college is as good as the course; elsewhere it is not."""
NAMES = frozenset({"full", "given", "given_initial", "weak", "alias"})


class Roster:
    """Whose name nobody else on the roster has."""

    def __init__(self, students: list[Student], staff: list[Person]) -> None:
        self.students = students
        self.staff_given = {name for person in staff for name in person.given_forms()}

    def alone_with_full_name(self, student: Student) -> bool:
        """No other student may be written with the same given name and surname."""
        mine = student.person
        return not any(
            mine.given_forms() & other.person.given_forms()
            and mine.family_forms() & other.person.family_forms()
            for other in self.others(student)
        )

    def alone_with_given_name(self, student: Student) -> bool:
        """No other student may be called by this given name."""
        return not any(
            student.person.given_forms() & other.person.given_forms() for other in self.others(student)
        )

    def alone_with_initial(self, student: Student) -> bool:
        """No other student has this given name and a surname of this initial."""
        initials = {name[:1] for name in student.person.family_forms()}
        return not any(
            student.person.given_forms() & other.person.given_forms()
            and initials & {name[:1] for name in other.person.family_forms()}
            for other in self.others(student)
        )

    def others(self, student: Student) -> list[Student]:
        """Everybody else."""
        return [other for other in self.students if other is not student]


def account_is_shown(draft: Draft) -> bool:
    """Whether readers of this blog's feed or page see the writer's Blogger account."""
    return bool(draft.form.account) and draft.blog.platform == "blogger"


def link_is_shown(draft: Draft) -> bool:
    """Whether readers of this blog's feed or page see the link typed into the form."""
    return bool(draft.form.link) and draft.blog.source != "wordpress-rss" and not account_is_shown(draft)


def must_look_first(draft: Draft, roster: Roster, *, assigned: bool) -> bool:
    """True unless the one comment, the roster and the assignments are enough to name its writer."""
    says = draft.says()
    if draft.writer is None or draft.doubt or "anonymous" in says:
        return True
    if _own_address_or_account(draft, says):
        return False
    fits = bool(says & NAMES)
    if fits and ("link" in says or (link_is_shown(draft) and draft.form.link_proves == "slip")):
        return False
    if draft.name_doubt or (draft.life_doubt and not says & COURSE):
        return True
    return not _name_is_enough(draft, draft.writer, roster, says, assigned=assigned)


def _own_address_or_account(draft: Draft, says: set[str]) -> bool:
    form = draft.form
    return (
        (link_is_shown(draft) and form.link_proves == "own")
        or (account_is_shown(draft) and form.account_is_registered)
        or (draft.blog.source == "wordpress-rest" and form.email_is_registered)
        or ("post_of_mine" in draft.said and bool(draft.writer and draft.writer.registered_own_blog))
    )


def _name_is_enough(draft: Draft, writer: Student, roster: Roster, says: set[str], *, assigned: bool) -> bool:
    if "full" in says and (assigned or "course" in says) and roster.alone_with_full_name(writer):
        return True
    if not assigned:
        return False
    if "alias" in says:
        return True
    shared = {squeeze(draft.blog.owner.call), squeeze(draft.blog.owner.given)} | roster.staff_given
    if writer.person.given_forms() & shared:
        return False
    if "given_initial" in says and roster.alone_with_initial(writer):
        return True
    return (
        bool({"given", "given_initial"} & says)
        and bool(says & COURSE)
        and roster.alone_with_given_name(writer)
    )
