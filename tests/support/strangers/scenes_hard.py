"""Scenes in which it is hard to tell which student writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.support.strangers.drafts import Draft, closed_topically, opened_topically
from tests.support.strangers.forms import NAME_FACTS, fill_form
from tests.support.strangers.persons import draw_person, person_slots
from tests.support.strangers.phrases import Said
from tests.support.strangers.scenes_students import greet, introduce, plain, sign
from tests.support.strangers.students import Student, alike
from tests.support.strangers.world import World


def shared_computer(world: World, draft: Draft, student: Student) -> None:
    """A's browser fills in the form, in part or whole; B writes and says so by name."""
    rng = draft.rng
    part = rng.choices(["relative", "all", "link", "picture"], (30, 46, 12, 12))[0]
    kinds = ["shared_full", "shared_full", "shared_given"]
    if part in {"link", "picture"}:  # the name is the writer's own, so nothing to excuse
        kinds = ["intro_full", "intro_given", "signoff_full"]
    greet(draft, 0.2)
    with_words(draft, draft.book.say(rng.choice(kinds), rng, draft.slots))
    fill_form(draft, student)
    lend_form(world, draft, student, part)
    draft.doubt = True
    draft.seen_phenomena |= {"shared_computer", f"borrowed_{part}"}


def with_words(draft: Draft, said: Said) -> None:
    """A topical comment with these words of the writer at its head, or at its foot if they are a closing."""
    draft.said |= said.used
    closing = said.text.startswith("\n")
    if not closing:
        draft.pieces.append(said.text)
    opened_topically(draft)
    closed_topically(draft)
    if closing:
        draft.pieces.append(said.text)


def lend_form(world: World, draft: Draft, student: Student, part: str) -> None:
    """Put a relative's or a classmate's name, link or account into the form."""
    rng, form = draft.rng, draft.form
    lender = rng.choice([other for other in world.students if other is not student])
    if part == "relative":
        relative = student.person
        while any(alike(relative, other.person) for other in world.students):
            relative = replace(draw_person(rng, world.setting.mix), family=student.person.family or "Bello")
        form.name, form.link = f"{relative.call} {relative.family}".strip(), ""
        form.account = form.account and str(rng.randint(10**16, 10**20))
        form.email = f"home{rng.randint(100, 999)}@mailbox.example"
    elif part == "all":
        form.name = draft.book.say("name_full", rng, person_slots(lender.person, rng)).text.strip()
        form.link = lender.own_url if rng.random() < 0.6 else ""
    else:
        form.name = draft.book.say("name_full", rng, draft.slots).text.strip()
        form.link = lender.own_url
    if part != "relative":
        form.account = lender.account if form.account and part == "all" else ""
        form.email = lender.email if lender.uses_roster_email else lender.private_email
    form.name_says, form.link_proves = frozenset(), ""
    form.account_is_registered = form.email_is_registered = False


def two_writers(world: World, draft: Draft, student: Student) -> None:
    """Two students write together, and both sign."""
    rng = draft.rng
    greet(draft, 0.3)
    with_words(draft, draft.book.say("two_full" if rng.random() < 0.6 else "two_given", rng, draft.slots))
    fill_form(draft, student)
    if rng.random() < 0.3 and not draft.form.account:
        draft.form.name = f"{draft.slots['call']} and {draft.slots['mate_given']}"
    draft.doubt = True
    draft.seen_phenomena.add("two_writers")


def pseudonym(world: World, draft: Draft, student: Student) -> None:
    """A pen name that, as the text says, the course asks for."""
    greet(draft, 0.25)
    with_words(draft, draft.book.say("pseudonym", draft.rng, draft.slots))
    fill_form(draft, student)
    if not draft.form.account:
        draft.form.name = student.pen
        draft.form.name_says = frozenset({"alias"} if student.pen in student.aliases else NAME_FACTS["pen"])
        draft.name_doubt = False
    draft.seen_phenomena.add("pseudonym")


def tells_of_relative(world: World, draft: Draft, student: Student) -> None:
    """A student speaks of a mother or aunt who lives another life, or of children of the own."""
    greet(draft, 0.25)
    if draft.rng.random() < 0.45:
        introduce(draft, student)
    opened_topically(draft, high=2)
    own_family = draft.rng.random() < 0.25
    draft.add("own_family" if own_family else "relative")
    draft.life_doubt = own_family
    closed_topically(draft)
    if draft.rng.random() < 0.3:
        sign(draft, student)
    fill_form(draft, student)
    draft.seen_phenomena.add("own_family" if own_family else "relative")


def tells_of_former_job(world: World, draft: Draft, student: Student) -> None:
    """A student speaks of the work before college, as an outsider might."""
    greet(draft, 0.25)
    if draft.rng.random() < 0.45:
        introduce(draft, student)
    opened_topically(draft, high=2)
    kind = draft.rng.choice(["former_job", "former_life"])
    draft.add(kind, mine=True)
    closed_topically(draft)
    if draft.rng.random() < 0.3:
        sign(draft, student)
    fill_form(draft, student)
    draft.life_doubt = kind == "former_life"
    draft.seen_phenomena.add(kind)


def copied(world: World, draft: Draft, student: Student) -> None:
    """A comment copied whole from a classmate's earlier one, names and all, or sent again."""
    earlier = [
        other
        for other in world.history[draft.blog.url][-30:]
        if other.writer is not None
        and other.at < draft.at
        and not other.seen_phenomena & {"copied", "shared_computer", "two_writers"}
    ]
    if not earlier:
        plain(world, draft, student)
        return
    source = draft.rng.choice(earlier)
    if draft.rng.random() < 0.35 or source.writer is student:
        send_again(draft, source)
    else:
        fill_form(draft, student)
        own_words = {"full", "given", "family", "initials", "pen", "my_link", "post_of_mine"}
        draft.doubt = bool(own_words & source.said)
        draft.seen_phenomena.add("copied")
    draft.pieces, draft.untidy, draft.post = list(source.pieces), source.untidy, source.post
    draft.at = max(draft.at, source.at + timedelta(minutes=draft.rng.randint(1, 600)))


def send_again(draft: Draft, source: Draft) -> None:
    """The same writer pressed the button again."""
    draft.writer, draft.form = source.writer, replace(source.form)
    draft.said, draft.text_link_proves = set(source.said), source.text_link_proves
    draft.doubt, draft.name_doubt, draft.life_doubt = source.doubt, source.name_doubt, source.life_doubt
    draft.seen_phenomena |= {"sent_twice"} | source.seen_phenomena
