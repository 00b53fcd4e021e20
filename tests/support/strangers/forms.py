"""Filling in the comment form: name, link, account and e-mail, by habit and by slip."""

from __future__ import annotations

from random import Random

from tests.support.strangers.drafts import COURSE_SLOTS, Draft
from tests.support.strangers.persons import person_slots, squeeze
from tests.support.strangers.students import Student

NAME_FACTS = {
    "name_full": {"full"},
    "name_full_odd": {"full"},
    "name_given": {"given"},
    "name_given_initial": {"given_initial"},
    "name_weak": {"weak"},
    "pen": set[str](),
}
SLIPS = (
    ("http://", "http//"),
    ("http://", "htpp://"),
    ("://", "://ww."),
    (".com", ".con"),
    (".com", ".cm"),
    ("blogspot", "blogpsot"),
    ("blogspot", "blogspt"),
    ("edublogs.org", "edublog.org"),
    ("wordpress", "wordpres"),
    ("http://", ""),
    (".com", ",com"),
)


def name_field(student: Student, style: str, draft: Draft) -> tuple[str, set[str]]:
    """What the student types as a name in this style, and what it says."""
    person = student.person
    if style == "pen":
        return student.pen, {"alias"} if student.pen in student.aliases else set()
    if person.has_one_name:
        style = "name_given"
    said = draft.book.say(style, draft.rng, draft.slots)
    facts = set(NAME_FACTS[style])
    if said.used & COURSE_SLOTS:
        facts.add("course")
    if "college" in said.used:
        facts.add("college")
    if person.has_one_name:
        facts.add("full")
    text = said.text.replace("&amp;", "&")
    return " ".join(text.split(" ")) or person.given, facts


def fill_form(draft: Draft, student: Student) -> None:
    """The form as this student usually leaves it on this kind of blog."""
    rng, form = draft.rng, draft.form
    signed_in = draft.blog.platform == "blogger" and rng.random() < 0.62
    if signed_in:
        form.account = student.account
        form.account_is_registered = student.blog_url == student.profile
        own = Random(student.account)  # an account shows one name wherever it comments
        slots = draft.slots
        draft.slots = slots | person_slots(student.person, own) | {"n": str(own.randint(2, 99))}
        draft.rng = own
        form.name, facts = name_field(student, student.account_style, draft)
        draft.rng, draft.slots = rng, slots
    else:
        style = (
            student.style if rng.random() < 0.8 else rng.choice(["name_full", "name_full_odd", "name_given"])
        )
        form.name, facts = name_field(student, style, draft)
        type_link(draft, student)
        form.email = student.email if student.uses_roster_email else student.private_email
        form.email_is_registered = student.uses_roster_email
    form.name_says = frozenset(facts)
    if not signed_in and rng.random() < student.anonymous:
        form.name, form.name_says, form.link, form.link_proves = "Anonymous", frozenset({"anonymous"}), "", ""
        form.email, form.email_is_registered = "", False
        draft.seen_phenomena.add("anonymous")
    elif not signed_in and student.twitter and rng.random() < 0.08:
        form.name, form.name_says = student.twitter, frozenset({"alias"})
        draft.seen_phenomena.add("twitter_name")
    elif not signed_in and student.person.former and rng.random() < 0.3:
        use_former_name(draft, student)


def use_former_name(draft: Draft, student: Student) -> None:
    """The surname from before the wedding, or from during it; the roster may know it as an alias."""
    name = f"{student.person.given} {student.person.former}"
    known = name in student.aliases
    draft.form.name = name
    draft.form.name_says = frozenset({"alias", "given"} if known else {"given"})
    draft.name_doubt = not known
    draft.seen_phenomena.add("former_surname")


def type_link(draft: Draft, student: Student) -> None:
    """The own blog's address, if this student bothers, in one of the ways people type it."""
    rng, form = draft.rng, draft.form
    if rng.random() >= student.link_share:
        return
    form.link = student.own_url
    if "medium.com" in draft.blog.url and "medium.com" not in student.own_url:
        form.link = f"https://medium.com/@{squeeze(student.pen)}"
        return
    if student.registered_own_blog:
        form.link_proves = "own"
        form.link = dressed(student.own_url, rng)
    if student.blog_url == student.profile and rng.random() < 0.6:
        form.link = (
            rng.choice(["https://www.", "http://draft.", "http://beta.", "http://"])
            + student.profile.split("www.")[1]
        )
        form.link_proves = "own"
        draft.seen_phenomena.add("profile_host")


def dressed(address: str, rng: Random) -> str:
    """The same blog, as another address that leads to it."""
    bare = address.rstrip("/")
    choices = [address, address, address, bare, bare]
    if "blogspot" in address or "wordpress" in address:
        choices += [address + "2014/09/first-post.html", bare.replace("http://", "https://")]
    if "blogspot.com" in address:
        choices += [bare.replace("http://", "http://www."), bare.replace(".com", ".co.uk")]
    return rng.choice(choices)


def slipped(address: str, rng: Random) -> str:
    """The address with a slip a reader sees through."""
    fitting = [(right, wrong) for right, wrong in SLIPS if right in address]
    right, wrong = rng.choice(fitting or [("://", "//")])
    return address.replace(right, wrong, 1)


def mistyped(address: str, rng: Random, taken: set[str]) -> str:
    """The address with two letters of its own word swapped, or a digit changed, that is nobody's."""
    start = address.find("://") + 3
    for _ in range(50):
        at = rng.randint(start, min(start + 8, len(address) - 3))
        pair = address[at : at + 2]
        if pair[0] != pair[1] and pair.isalnum():
            wrong = address[:at] + pair[::-1] + address[at + 2 :]
            if wrong not in taken:
                return wrong
    return address.replace("://", "://x", 1)
