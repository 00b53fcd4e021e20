"""Slips in addresses: put right where one thing only can be meant, and never into another known address."""

from __future__ import annotations

import string

import pytest
import tldextract
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.text import hosts
from tracker.text.addresses import home_key
from tracker.text.known_blogs import KnownBlogs
from tracker.text.mistyped import count_slips, is_slip, repair_host, tidy_host

NAMES = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=3, max_size=16)
LETTERS = st.text(alphabet="abc1", max_size=7)


@pytest.mark.parametrize("ending", sorted(hosts.MISTYPED_ENDINGS))
def test_mistyped_endings_are_endings_of_no_host(ending: str) -> None:
    split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    assert split(f"jane.{ending}").suffix == ""
    assert repair_host(f"janedoe.{ending}") == f"janedoe.{hosts.MISTYPED_ENDINGS[ending]}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("jane.blogsport.com", "jane.blogspot.com", id="letter too many"),
        pytest.param("jane.blogpsot.com", "jane.blogspot.com", id="swapped"),
        pytest.param("jane.blogpost.com", "jane.blogspot.com", id="another order"),
        pytest.param("jane.wordpres.con", "jane.wordpress.com", id="name and ending"),
        pytest.param("jane.wordpress.co", "jane.wordpress.com", id="letter of the ending lost"),
        pytest.param("jane.edublogs.com", "jane.edublogs.org", id="another ending"),
        pytest.param("jane.edublog.org", "jane.edublogs.org", id="edublog"),
        pytest.param("jane.substak.com", "jane.substack.com", id="substak"),
        pytest.param("jane.blogspot", "jane.blogspot.com", id="no ending"),
        pytest.param("jane.wordpress,com", "jane.wordpress.com", id="comma"),
        pytest.param("jane.blogspot.de", "jane.blogspot.de", id="country"),
        pytest.param("make.wordpress.org", "make.wordpress.org", id="another host of the platform"),
        pytest.param("blogsport.com", "blogsport.com", id="a host of its own"),
        pytest.param("jane.weekly.com", "jane.weekly.com", id="a name too short to tell"),
        pytest.param("jane.com.com", "jane.com.com", id="com twice elsewhere"),
        pytest.param("localhost", "localhost", id="one label"),
    ],
)
def test_hosts_are_put_right(written: str, meant: str) -> None:
    assert repair_host(written) == meant
    assert repair_host(meant) == meant


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        pytest.param("ww.Jane.Example", "jane.example", id="ww"),
        pytest.param("wwww.jane.example", "jane.example", id="wwww"),
        pytest.param("www.jane.example", "www.jane.example", id="www is no slip"),
        pytest.param("www..jane..example.", "www.jane.example", id="dots"),
        pytest.param("ww.blogspot.com", "ww.blogspot.com", id="a blog of that name"),
        pytest.param("ww.example", "ww.example", id="a host of that name"),
    ],
)
def test_what_can_only_be_a_slip_is_dropped(written: str, tidy: str) -> None:
    assert tidy_host(written) == tidy


@given(LETTERS, LETTERS)
def test_slips_are_counted_the_same_both_ways(a: str, b: str) -> None:
    assert count_slips(a, b, 3) == count_slips(b, a, 3)
    assert (count_slips(a, b, 3) == 0) is (a == b)
    assert is_slip(a, b) is is_slip(b, a)


@given(st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=16), st.integers(0, 14))
def test_two_letters_that_changed_places_are_one_slip(name: str, at: int) -> None:
    assume(at + 1 < len(name) and name[at] != name[at + 1])
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert count_slips(swapped, name, 3) == 1
    assert is_slip(swapped, name) is (len(name) >= 5)


PREFIXES = [
    "",
    "http://",
    "http//",
    "http:/",
    "htp://",
    "https;//",
    "ww.",
    "wwww.",
    "http://ww.",
    "//",
    "HTTP:\\\\",
]
HOSTS = [
    "{}.blogspot.com",
    "{}.blogspot.con",
    "{}.blogpsot.com",
    "{}.blogspot",
    "{}..blogspot.com",
    "{}.blogspot.cmo",
]


@given(NAMES, NAMES, st.sampled_from(PREFIXES), st.sampled_from(HOSTS))
def test_a_slip_turns_no_registered_address_into_anothers(
    one: str, other: str, prefix: str, host: str
) -> None:
    assume(one != other)
    assume(not {one, other} & {"www", "ww", "wwww", "wwwww", "wwwwww", "m", "www2"})
    course = KnownBlogs([f"{one}.blogspot.com", f"{other}.blogspot.com"])
    assert course.find(prefix + host.format(one)) == f"{one}.blogspot.com"


@given(NAMES, NAMES, st.sampled_from(PREFIXES))
def test_a_slip_keeps_the_path_that_tells_two_students_apart(one: str, other: str, prefix: str) -> None:
    assume(one != other)
    keys = [home_key(f"http://people.harlan.example/~{name}/") for name in (one, other)]
    assert KnownBlogs(keys).find(f"{prefix}people.harlan.example/~{one}/c4t-1") == keys[0]
