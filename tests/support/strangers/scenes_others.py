"""Scenes in which nobody on the roster writes."""

from __future__ import annotations

from dataclasses import replace

from tests.support.strangers.drafts import Draft, Form, closed_topically, opened_topically
from tests.support.strangers.persons import person_slots, squeeze
from tests.support.strangers.scenes_students import add_tail, greet
from tests.support.strangers.students import Student
from tests.support.strangers.world import Visitor, World, visitor


def use_form_of(draft: Draft, reader: Visitor) -> None:
    """The form as this reader fills it in."""
    signed_in = draft.blog.platform == "blogger" and draft.rng.random() < 0.55
    draft.form = Form(
        name=reader.name,
        link="" if signed_in else reader.link,
        account=reader.account if signed_in else "",
        email=reader.email,
    )


def outsider(world: World, draft: Draft, student: Student) -> None:
    """A topical comment of a reader, now and then with a tail, an address or a quotation."""
    reader = draft.rng.choice(world.visitors)
    world.as_person(draft, reader.person, "outsider")
    use_form_of(draft, reader)
    greet(draft, 0.15)
    roll = draft.rng.random()
    if roll < 0.08 and world.bring_other(draft):
        draft.add("address_other")
    elif roll < 0.13 and world.bring_other(draft, introduced=draft.rng.random() < 0.6):
        draft.add("quote")
        draft.seen_phenomena.add("quotes")
    opened_topically(draft)
    closed_topically(draft)
    if draft.rng.random() < 0.1 and reader.name != "Anonymous":
        draft.add("signed_outside")
    if draft.rng.random() < 0.04 and draft.blog.platform == "wordpress" and reader.link:
        add_tail(draft, reader.link, draft.slots["site_title"])
    draft.seen_phenomena.add("outsider")


def outsider_with_a_life(world: World, draft: Draft, student: Student) -> None:
    """A parent, a teacher, a principal: somebody who says so."""
    reader = draft.rng.choice(world.visitors)
    world.as_person(draft, reader.person, "outsider")
    use_form_of(draft, reader)
    _tell_life(draft, "life_other")
    draft.seen_phenomena.add("outsider_life")


def near_the_course(world: World, draft: Draft, student: Student) -> None:
    """Alumni, students of another course or college, parents and staff of the college."""
    reader = draft.rng.choice(world.visitors)
    kind = draft.rng.choices(["life_alumni", "life_other_course", "life_near"], (40, 40, 20))[0]
    truth = {"life_alumni": "alumni", "life_other_course": "other_course", "life_near": "outsider"}[kind]
    world.as_person(draft, reader.person, truth)
    use_form_of(draft, reader)
    _tell_life(draft, kind)
    draft.seen_phenomena.add(kind)


def namesake(world: World, draft: Draft, student: Student) -> None:
    """Somebody else with a student's name, and another life, mostly told."""
    there = world.assigned_to[draft.blog.url]
    double = draft.rng.choice(there) if there and draft.rng.random() < 0.55 else student
    person = replace(double.person, preferred="", middle="")
    reader = visitor(person, world.setting, world.book, draft.rng)
    world.as_person(draft, person, "same_name")
    use_form_of(draft, reader)
    style = draft.rng.choices(["name_full", "name_given_initial", "name_given"], (75, 12, 13))[0]
    draft.form.name = draft.book.say(
        style, draft.rng, draft.slots | {"code": "4B", "code_x": "4b", "college": "home"}
    ).text.strip()
    draft.seen_phenomena.add("same_name")
    if draft.rng.random() < 0.12 and double not in there:
        opened_topically(draft)
        closed_topically(draft)
        draft.seen_phenomena.add("same_name_plain")
        return
    kinds = ["life_other", "life_alumni", "life_other_course", "life_near"]
    _tell_life(draft, draft.rng.choices(kinds, (68, 12, 12, 8))[0])


def _tell_life(draft: Draft, kind: str) -> None:
    greet(draft, 0.25)
    wording = draft.book.say(kind, draft.rng, draft.slots).text
    first = draft.rng.random() < 0.5 and not wording.startswith("\n")
    if first:
        draft.pieces.append(wording)
    opened_topically(draft, high=2)
    if not first and not wording.startswith("\n"):
        draft.pieces.append(wording)
    closed_topically(draft)
    if wording.startswith("\n"):
        draft.pieces.append(wording)
    elif draft.rng.random() < 0.3 and draft.form.name != "Anonymous":
        draft.add("signed_outside")


def owner_reply(world: World, draft: Draft, student: Student) -> None:
    """The blog's owner answers, often a student by name."""
    draft.kind = "teacher_reply"
    draft.form = Form(
        name=draft.blog.shown, link=draft.blog.url, email=f"{squeeze(draft.blog.shown)}@mailbox.example"
    )
    if draft.blog.platform == "blogger":
        draft.form.account = str(10**18 + sum(map(ord, draft.blog.url)) * 7919)
    if world.bring_other(draft, by_students=draft.rng.random() < 0.7):
        draft.add("owner_reply")
        draft.maybe(0.25, "owner_reply")
    else:
        draft.pieces.append("Thank you all for the comments!")
    draft.maybe(0.2, "owner_sign")
    draft.seen_phenomena.add("owner_reply")


def staff(world: World, draft: Draft, student: Student) -> None:
    """The instructor or the assistant comments."""
    draft.kind = "instructor"
    person = world.setting.professor if draft.rng.random() < 0.6 else world.setting.assistant
    names = [f"{person.call} {person.family}", f"{person.call} {person.family}", person.call]
    if person is world.setting.professor:
        names.append(f"Dr. {person.family}")
    draft.form = Form(name=draft.rng.choice(names), email=f"{squeeze(person.call)}@{world.setting.host}")
    draft.form.link = world.setting.course_blog if draft.rng.random() < 0.6 else ""
    if not world.bring_other(draft, by_students=True):
        draft.slots |= {"other": "Everyone", "other_given": "everyone"}
    draft.add("staff")
    draft.maybe(0.5, "open")
    draft.seen_phenomena.add("staff")


def child(world: World, draft: Draft, student: Student) -> None:
    """A pupil of this class or another writes, under a first name, initials or the room's name."""
    draft.kind = "child"
    name = draft.slots["child"]
    draft.form = Form(
        name=draft.rng.choice(
            [name, name, name.upper()[:2], f"Room {draft.slots['n']}", f"{name} {draft.slots['n']}"]
        )
    )
    draft.form.email = f"class{draft.slots['n']}@mailbox.example"
    for _ in range(draft.rng.choice([1, 2, 2, 3])):
        draft.add("child")
    draft.seen_phenomena.add("child")


def pingback(world: World, draft: Draft, student: Student) -> None:
    """A WordPress blog notes that a post links here; some are students' class blogs."""
    own = draft.rng.random() < 0.5
    title = draft.rng.choice(draft.book.topics).titles[0]
    site = student.site_title if own else draft.rng.choice(world.setting.scenery.ping_sites)
    base = student.own_url if own else f"http://ednotes{draft.slots['n']}.example/"
    slug = squeeze(title)
    if draft.blog.platform != "wordpress":
        outsider(world, draft, student)
        return
    draft.kind = "classblog_pingback" if own else "pingback"
    name = draft.rng.choice([f"{title} | {site}", f"{site} » {title}", f"{title} « {site}", site, title])
    draft.form = Form(name=name, link=f"{base.rstrip('/')}/{draft.at:%Y/%m}/{slug}/")
    draft.add("pingback")
    draft.seen_phenomena.add(draft.kind)


def spam(world: World, draft: Draft, student: Student) -> None:
    """An advertisement, under a common name or a shop's."""
    draft.kind = "spam"
    given = draft.rng.choice(
        [student.person.given, "Jennifer", "Maria", "John", "essay help", "Kumar", "Best Shoes"]
    )
    number = draft.rng.randint(1, 99)
    draft.form = Form(name=draft.rng.choice([given, given.lower(), f"{given} Smith", f"{given}{number}"]))
    draft.form.link = f"http://cheap-{draft.rng.choice(['essays', 'tours', 'roofs'])}{number}.example/"
    draft.form.email = f"sales{number}@mailbox.example"
    draft.add("spam")
    draft.maybe(0.3, "spam")
    draft.seen_phenomena.add("spam")


def names_student(world: World, draft: Draft, student: Student) -> None:
    """An outsider names a student or links a student's blog."""
    reader = draft.rng.choice(world.visitors)
    world.as_person(draft, reader.person, "namedrop")
    world.put_mate(draft, student)
    use_form_of(draft, reader)
    draft.add("namedrop")
    opened_topically(draft, high=2)
    closed_topically(draft)
    draft.seen_phenomena.add("namedrop")


def impersonation(world: World, draft: Draft, student: Student) -> None:
    """A trick in a student's name, on a form that is not the student's.

    With the student's own form filled in completely, one comment can't show it, so no such comment is made.
    """
    draft.kind = "impersonation"
    world.put_mate(draft, student)
    draft.slots |= person_slots(student.person, draft.rng)
    reader = draft.rng.choice(world.visitors)
    use_form_of(draft, reader)
    if draft.rng.random() < 0.6:
        draft.form = Form(name="Anonymous", email="prank@mailbox.example")
        draft.form.link = student.own_url if draft.rng.random() < 0.3 else ""
    draft.add("impersonation")
    draft.seen_phenomena.add("impersonation")
