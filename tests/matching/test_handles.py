"""What the roster, and a confirmed comment, teach about a student."""

from __future__ import annotations

import hashlib

import pytest

from tests.matching.cast import JANE, TOM, comment, confirmed, decide, index, student
from tracker.domain.roster import HandleKind, HandleOrigin, HandleState
from tracker.matching.handles import (
    account_handle_from,
    avatar_key,
    gravatar_hashes,
    handle_taught_by,
    handles_from_roster,
    may_teach,
    twitter_name,
)


def test_roster_row_gives_blog_both_hashes_aliases_and_twitter() -> None:
    handles = handles_from_roster(
        blog_url="https://Jane.Blogspot.ca/",
        email=" Jane@Harlan.example ",
        aliases="Sunny Jane; ;http://www.blogger.com/profile/12;http://janes.example/second",
        twitter="@JaneD",
        hash_key=None,
    )
    address = b"jane@harlan.example"
    assert [(handle.kind, handle.key) for handle in handles] == [
        (HandleKind.BLOG, "jane.blogspot.com"),
        (HandleKind.AVATAR, hashlib.md5(address, usedforsecurity=False).hexdigest()),
        (HandleKind.AVATAR, hashlib.sha256(address).hexdigest()),
        (HandleKind.NAME, "sunny jane"),
        (HandleKind.ACCOUNT, "blogger:12"),
        (HandleKind.BLOG, "janes.example/second"),
        (HandleKind.TWITTER, "janed"),
    ]


def test_empty_cells_give_no_handle() -> None:
    assert (
        handles_from_roster(blog_url="http://", email="none", aliases=" ; ", twitter="n/a", hash_key=b"k")
        == ()
    )


def test_avatar_hashes_are_never_kept_bare_when_there_is_a_key() -> None:
    (bare, longer) = gravatar_hashes("jane@harlan.example")
    keyed = handles_from_roster(email="jane@harlan.example", hash_key=b"secret")
    assert [handle.key for handle in keyed] == [avatar_key(bare, b"secret"), avatar_key(longer, b"secret")]
    assert bare not in {handle.key for handle in keyed}
    assert avatar_key(bare.upper(), b"secret") == avatar_key(bare, b"secret")
    assert avatar_key(bare, b"other") != avatar_key(bare, b"secret")
    assert avatar_key("", b"secret") == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("@Jane", "jane"),
        ("jane_d", "jane_d"),
        ("https://twitter.com/Jane", "jane"),
        ("not a name", ""),
        ("", ""),
    ],
)
def test_twitter_name_is_read_however_written(written: str, name: str) -> None:
    assert twitter_name(written) == name


def test_confirmation_teaches_the_profile_first_then_the_picture_and_never_an_address() -> None:
    by_profile = account_handle_from(comment(account="http://www.blogger.com/profile/5", avatar_hash="ab"))
    assert by_profile is not None
    assert (by_profile.kind, by_profile.key, by_profile.origin) == (
        HandleKind.ACCOUNT,
        "blogger:5",
        HandleOrigin.DECISION,
    )
    by_picture = account_handle_from(comment(avatar_hash="ab"))
    assert by_picture is not None
    assert by_picture.kind is HandleKind.AVATAR
    assert account_handle_from(comment(author="Jane", author_url="http://jane.example/")) is None


def test_automatic_accept_teaches_provisionally_and_only_on_proof() -> None:
    account = "http://www.blogger.com/profile/5"
    by_link = comment(author="Jane", author_url="http://okonedojaneedt320.blogspot.com/", account=account)
    taught = handle_taught_by(by_link, decide(by_link))
    assert taught is not None
    assert taught.state is HandleState.PROVISIONAL
    by_name = comment(author="Jane Okonedo", account=account)
    assert decide(by_name).enrollment_id == JANE
    assert handle_taught_by(by_name, decide(by_name)) is None


def test_confirmation_under_another_students_name_teaches_no_account() -> None:
    account = "http://www.blogger.com/profile/5"
    at_a_shared_computer = comment("Good.<br>Tom O'Shea", author="Jane Okonedo", account=account)
    match = decide(at_a_shared_computer)
    assert match.candidates[0].enrollment_id == TOM
    assert not may_teach(HandleKind.ACCOUNT, match, TOM)
    assert not may_teach(HandleKind.ACCOUNT, match, JANE)
    plain = comment("Good.", author="Jane Okonedo", account=account)
    assert may_teach(HandleKind.ACCOUNT, decide(plain), JANE)


def test_account_known_as_anothers_is_taught_all_the_same_and_makes_a_conflict() -> None:
    signed = comment("Good.<br>Priya Raman", author="Ola Berg", account="http://www.blogger.com/profile/9")
    among = index(student(20, "Ola", "Berg", confirmed("blogger:9")), student(21, "Priya", "Raman"))
    match = decide(signed, among)
    assert may_teach(HandleKind.ACCOUNT, match, 21)
    assert not may_teach(HandleKind.NAME, match, 21)
