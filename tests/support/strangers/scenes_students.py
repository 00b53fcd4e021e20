"""Scenes in which a student writes, one kind each; each leaves the truth with the draft."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.strangers.drafts import Draft, closed_topically, opened_topically
from tests.support.strangers.forms import fill_form, mistyped, slipped
from tests.support.strangers.stocks import CULTURES_OF
from tests.support.strangers.students import Student
from tests.support.strangers.world import World

Scene = Callable[[World, Draft, Student], None]


def greet(draft: Draft, share: float) -> None:
    """Address the owner, with this probability."""
    if draft.maybe(share, "greet_owner"):
        draft.greeted = True


def sign(draft: Draft, student: Student) -> None:
    """Sign with full name, given name, surname or initials, some in the writer's own language."""
    own = [kind for kind, cultures in CULTURES_OF.items() if student.person.culture in cultures]
    kinds = ["signoff_full"] * 4 + ["signoff_given"] * 4 + ["signoff_family", "signoff_initials"] + own
    kind = draft.rng.choice(kinds)
    if student.person.has_one_name:
        kind = "signoff_given"
    draft.add(kind, mine=True)
    draft.seen_phenomena.add("signed")


def introduce(draft: Draft, student: Student, *, named: float = 0.9) -> None:
    """Say who one is, by full or given name, or only that one is a student of the course."""
    roll = draft.rng.random()
    kind = "intro_plain" if roll > named else "intro_full" if roll < named * 0.6 else "intro_given"
    draft.add(kind, mine=True)
    draft.pause(0.35)
    draft.seen_phenomena.add("introduced" if kind != "intro_plain" else "course_only")


def plain(world: World, draft: Draft, student: Student) -> None:
    """A topical comment with nothing personal said."""
    greet(draft, 0.12)
    opened_topically(draft)
    closed_topically(draft)
    fill_form(draft, student)
    draft.seen_phenomena.add("plain")


def signed(world: World, draft: Draft, student: Student) -> None:
    """A topical comment with a sign-off."""
    greet(draft, 0.45)
    opened_topically(draft)
    closed_topically(draft)
    sign(draft, student)
    fill_form(draft, student)


def introduced(world: World, draft: Draft, student: Student) -> None:
    """A comment that says who writes, at its head or later, some with own link and sign-off."""
    greet(draft, 0.4)
    late = draft.rng.random() < 0.2
    if not late:
        introduce(draft, student)
    opened_topically(draft)
    if late:
        introduce(draft, student)
    closed_topically(draft)
    link_own_blog(world, draft, student, 0.25)
    if draft.rng.random() < 0.25:
        sign(draft, student)
    fill_form(draft, student)


def linked(world: World, draft: Draft, student: Student) -> None:
    """A comment with a sentence about the own class blog."""
    greet(draft, 0.3)
    if draft.rng.random() < 0.3:
        introduce(draft, student)
    opened_topically(draft)
    link_own_blog(world, draft, student, 1)
    if draft.rng.random() < 0.3:
        sign(draft, student)
    fill_form(draft, student)


def link_own_blog(world: World, draft: Draft, student: Student, share: float) -> None:
    """Name the own class blog's address in the text, with this probability; a few addresses have slips."""
    if draft.rng.random() >= share:
        return
    roll = draft.rng.random()
    if roll < 0.05:
        draft.slots["my_link"] = slipped(student.own_url, draft.rng)
        draft.seen_phenomena.add("slip_in_text")
    elif roll < 0.07:
        draft.slots["my_link"] = mistyped(
            student.own_url, draft.rng, {other.own_url for other in world.students}
        )
        draft.text_link_proves = False
        draft.seen_phenomena.add("mistyped_in_text")
    draft.add("own_link", mine=True)
    draft.seen_phenomena.add("own_link" if student.registered_own_blog else "own_link_unregistered")


def names_classmate(world: World, draft: Draft, student: Student) -> None:
    """A comment that names or links a classmate."""
    greet(draft, 0.25)
    if draft.rng.random() < 0.25:
        introduce(draft, student)
    first = draft.rng.random() < 0.3
    kind = "mate_named" if draft.rng.random() < 0.55 else "mate_link"
    if first:
        draft.add(kind, mine=True)
    opened_topically(draft)
    if not first:
        draft.add(kind, mine=True)
    closed_topically(draft)
    link_own_blog(world, draft, student, 0.1)
    if draft.rng.random() < 0.25:
        sign(draft, student)
    fill_form(draft, student)
    draft.seen_phenomena.add(f"classmate_{kind.removeprefix('mate_')}")


def addresses_other(world: World, draft: Draft, student: Student) -> None:
    """A comment that turns to the owner or an earlier commenter by name."""
    fill_form(draft, student)
    if world.bring_other(draft):
        draft.add("address_other")
        draft.seen_phenomena.add("addresses_other")
    else:
        greet(draft, 1)
        draft.seen_phenomena.add("addresses_owner")
    opened_topically(draft, high=2)
    closed_topically(draft)
    if draft.rng.random() < 0.2:
        sign(draft, student)


def quotes(world: World, draft: Draft, student: Student) -> None:
    """A comment that quotes another's, often the line where that one says a name."""
    fill_form(draft, student)
    introduction = draft.rng.random() < 0.6
    if world.bring_other(draft, introduced=introduction) or world.bring_other(draft):
        draft.add("quote")
        draft.pause(0.4)
        draft.seen_phenomena.add("quotes_introduction" if introduction else "quotes")
    opened_topically(draft, high=2)
    closed_topically(draft)
    if draft.rng.random() < 0.2:
        sign(draft, student)


def slips_in_address(world: World, draft: Draft, student: Student) -> None:
    """A comment whose typed link has a slip, or leads to an own blog the roster does not have."""
    opened_topically(draft)
    closed_topically(draft)
    if draft.rng.random() < 0.3:
        sign(draft, student)
    fill_form(draft, student)
    form, roll = draft.form, draft.rng.random()
    if "anonymous" in form.name_says:
        return
    form.account, form.account_is_registered = "", False
    form.link_proves = ""
    if roll < 0.62 and student.registered_own_blog:
        form.link = slipped(student.own_url, draft.rng)
        form.link_proves = "slip"
        draft.seen_phenomena.add("slip_in_link")
    elif roll < 0.8 and student.registered_own_blog:
        form.link = mistyped(student.own_url, draft.rng, {other.own_url for other in world.students})
        draft.seen_phenomena.add("mistyped_link")
    else:
        form.link = (
            f"http://{student.pen.split()[0].lower().strip('._')}{draft.rng.randint(1, 99)}.blogspot.com/"
        )
        draft.seen_phenomena.add("unregistered_blog")


def has_plugin_tail(world: World, draft: Draft, student: Student) -> None:
    """A comment on WordPress under which a plugin put the writer's newest post."""
    opened_topically(draft)
    closed_topically(draft)
    fill_form(draft, student)
    if draft.blog.platform != "wordpress":
        draft.seen_phenomena.add("plain")
        return
    add_tail(draft, student.own_url, student.site_title)
    draft.said |= {"post_of_mine"} if student.own_url in draft.pieces[-1] else set()
    draft.seen_phenomena.add("plugin_tail")


def add_tail(draft: Draft, address: str, site: str) -> None:
    """The line that such a plugin adds, with the newest post of the site."""
    title = draft.rng.choice(draft.book.topics).titles[0]
    slug = title.lower().replace(" ", "-").replace("?", "")
    draft.slots |= {"site": draft.form.name or site, "site_title": site}
    draft.slots["post_of_mine"] = f'<a href="{address.rstrip("/")}/2014/10/{slug}" rel="nofollow">{title}</a>'
    draft.untidy = False
    draft.add("plugin_tail")
