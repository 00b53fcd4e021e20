"""Which of a course's blogs an address lies on; two students' blogs are never taken for one."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.text.addresses import blog_key, blog_keys, home_key
from tracker.text.known_blogs import KnownBlogs, is_nearly

NAMES = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=4, max_size=14).filter(
    lambda name: home_key(f"jane.example/{name}") != "jane.example"  # no year, no "feed"
)
FORMS = [
    "http://people.harlan.example/~{}/",
    "https://students.ucalder.edu/{}/",
    "http://www.ucalder.edu/education/blogs/{}",
    "http://edt320.github.io/{}/",
    "https://edt320.weebly.com/{}.html",
    "https://edt320.weebly.com/{}",
    "https://edt320.wixsite.com/{}",
    "https://sites.google.com/view/{}",
    "https://sites.google.com/site/{}/home",
    "https://sites.google.com/a/ucalder.edu/{}/",
    "https://medium.com/@{}",
    "https://{}.medium.com/",
    "https://{}.substack.com",
    "http://{}.blogspot.com/",
    "http://{}.edublogs.org/",
    "http://blogs.calder.example/{}/",
    "http://{}.example/blog/",
]
PATH_FORMS = [form for form in FORMS if "/{}" in form and not form.endswith(".html")]
"""Those that give each student a path on one host."""
PAGES = ["", "2026/10/a-post/", "feed/", "a-post-of-mine", "index.html", "?m=1", "a-post-of-mine#comment-3"]


def known(*urls: str) -> KnownBlogs:
    return KnownBlogs(map(home_key, urls))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20)
@given(one=NAMES, other=NAMES)
def test_two_students_blogs_are_two(form: str, one: str, other: str) -> None:
    assume(one != other)
    first, second = form.format(one), form.format(other)
    course = known(first, second)
    assert home_key(first) != home_key(second)
    assert course.find(first) == home_key(first)
    assert course.find(second) == home_key(second)


@pytest.mark.parametrize("form", PATH_FORMS)
@settings(max_examples=20)
@given(one=NAMES, other=NAMES, stranger=NAMES)
def test_the_page_of_a_stranger_on_the_same_host_is_no_students(
    form: str, one: str, other: str, stranger: str
) -> None:
    assume(len({one, other, stranger}) == 3)
    course = known(form.format(one), form.format(other))
    for page in PAGES:
        found = course.find(form.format(stranger).rstrip("/") + "/" + page)
        assert found not in course
        assert found not in ("", home_key(form.format(one)))


@pytest.mark.parametrize("form", PATH_FORMS)
@settings(max_examples=20)
@given(one=NAMES, other=NAMES, page=st.sampled_from(PAGES))
def test_every_page_below_a_blogs_path_is_that_blogs(form: str, one: str, other: str, page: str) -> None:
    assume(one != other)
    course = known(form.format(one), form.format(other))
    url = form.format(one).rstrip("/") + "/" + page
    assert course.find(url) == home_key(form.format(one))
    assert home_key(form.format(one)) in blog_keys(url)
    assert home_key(form.format(other)) not in blog_keys(url)


@given(host=NAMES, parts=st.lists(NAMES, min_size=1, max_size=4), taken=st.integers(0, 3))
def test_the_longest_known_path_wins_at_a_slash(host: str, parts: list[str], taken: int) -> None:
    inner = f"http://{host}.harlan.example/{'/'.join(parts)}"
    outer = f"http://{host}.harlan.example/{'/'.join(parts[:taken])}"
    course = known(inner, outer)
    assert course.find(f"{inner}/a-post") == home_key(inner)
    assert course.find(f"{inner}x") != home_key(inner)
    assert course.find(outer) == home_key(outer)


@given(st.lists(st.sampled_from(FORMS), max_size=6), st.lists(NAMES, min_size=6, max_size=6))
def test_what_is_found_is_found_again_by_its_key(forms: list[str], names: list[str]) -> None:
    course = known(*(form.format(name) for form, name in zip(forms, names, strict=False)))
    for form in FORMS:
        found = course.find(form.format(names[0]))
        assert course.find(found) == found


def test_without_known_blogs_the_host_alone_decides() -> None:
    for form in FORMS:
        assert KnownBlogs().find(form.format("jane")) == blog_key(form.format("jane"))


@pytest.mark.parametrize(
    ("registered", "url"),
    [
        pytest.param("http://people.harlan.example/~jane/edt320/", "~jane/", id="tilde"),
        pytest.param(
            "http://people.harlan.example/~jane/blog/", "~jane/other/x.html", id="all below a tilde"
        ),
        pytest.param("https://jane.weebly.com/my-class-blog", "https://jane.weebly.com/", id="site builder"),
        pytest.param("https://jane.weebly.com/blog", "https://jane.weebly.com/about", id="its other page"),
        pytest.param(
            "http://blogs.harlan.edu/jane/a-first-post", "http://blogs.harlan.edu/jane/", id="a post"
        ),
        pytest.param("http://janedoe.example/blog/", "http://janedoe.example/about/", id="own domain"),
        pytest.param("https://jane.weebly.com/edt.html", "https://jane.weebly.com/about.html", id="files"),
        pytest.param("http://people.harlan.example/~jane/edt.html", "~jane/", id="file below a tilde"),
    ],
)
def test_what_one_owner_has_is_one_blog_where_nobody_else_is_known(registered: str, url: str) -> None:
    url = url if "//" in url else f"http://people.harlan.example/{url}"
    assert known(registered).find(url) == home_key(registered)


@pytest.mark.parametrize(
    ("registered", "url"),
    [
        pytest.param(
            "http://www.harlan.edu/faculty/jane/", "http://www.harlan.edu/admissions/", id="college"
        ),
        pytest.param("http://www.harlan.edu/blog/", "http://www.harlan.edu/", id="college's own blog"),
        pytest.param("http://janedoe.example/edt320/", "http://janedoe.example/about/", id="own domain"),
        pytest.param("https://jane.github.io/edt320/", "https://jane.github.io/thesis/", id="project pages"),
        pytest.param(
            "http://blogs.harlan.edu/", "http://blogs.harlan.edu/jane/x", id="host registered alone"
        ),
        pytest.param("http://people.harlan.example/", "http://people.harlan.example/~jane", id="root, tilde"),
    ],
)
def test_what_may_be_somebody_elses_is_not_that_blog(registered: str, url: str) -> None:
    assert known(registered).find(url) not in ("", home_key(registered))


@pytest.mark.parametrize(
    ("registered", "url", "is_beside"),
    [
        pytest.param("http://janedoe.example/edt320/", "http://janedoe.example/", True, id="own domain"),
        pytest.param(
            "https://jane.github.io/edt320/", "https://jane.github.io/thesis", True, id="other project"
        ),
        pytest.param("http://harlan.edu/fac/jane/", "http://harlan.edu/fac/", True, id="its folder"),
        pytest.param("http://harlan.edu/fac/jane/", "http://harlan.edu/", False, id="the college"),
        pytest.param(
            "http://harlan.edu/fac/jane/", "http://harlan.edu/news/", False, id="another page there"
        ),
    ],
)
def test_another_page_of_one_owner_is_a_hint(registered: str, url: str, is_beside: bool) -> None:
    course = known(registered)
    assert course.beside(course.find(url)) == (home_key(registered) if is_beside else "")
    assert course.beside(home_key(registered)) == ""


def test_beside_two_known_blogs_is_no_hint() -> None:
    course = known("http://janedoe.example/edt320/", "http://janedoe.example/edt330/")
    assert course.beside("janedoe.example") == ""


@pytest.mark.parametrize(
    ("key", "other", "is_near"),
    [
        pytest.param("janedeo310.blogspot.com", "janedoe310.blogspot.com", True, id="letters swapped"),
        pytest.param("janedoe301.blogspot.com", "janedoe310.blogspot.com", True, id="digits swapped"),
        pytest.param("jandoe.blogspot.com", "janedoe.blogspot.com", True, id="letter lost"),
        pytest.param("x.edu/~janedeo", "x.edu/~janedoe", True, id="in a path"),
        pytest.param("edt.weebly.com/janedeo", "edt.weebly.com/janedoe", True, id="below a shared name"),
        pytest.param("janedeo.example", "janedoe.example", True, id="own domain"),
        pytest.param("ann.blogspot.com", "anna.blogspot.com", False, id="too short to tell"),
        pytest.param("x.edu/~jdoe", "x.edu/~jroe", False, id="short login"),
        pytest.param("x.edu/~bsmith", "x.edu/~jsmith", False, id="another initial"),
        pytest.param("doefall08.blogspot.com", "doefall11.blogspot.com", False, id="another year"),
        pytest.param("janedoe.edublogs.org", "janedoe.blogspot.com", False, id="another platform"),
        pytest.param("janedoe.blogspot.com/x", "janedoe.blogspot.com", False, id="another depth"),
        pytest.param("janedoe.example", "janedoe.example", False, id="the same"),
        pytest.param("x.edu/~janedeo/edt321", "x.edu/~janedoe/edt320", False, id="two places differ"),
    ],
)
def test_a_slip_is_one_in_the_name(key: str, other: str, is_near: bool) -> None:
    assert is_nearly(key, other) is is_near
    assert is_nearly(other, key) is is_near


def test_an_address_that_is_added_is_known() -> None:
    course = known("http://jane.blogspot.com/")
    more = course.adding("x.edu/~ann")
    assert more.find("http://x.edu/~ann/p") == "x.edu/~ann"
    assert "x.edu/~ann" not in course
    assert more.adding("x.edu/~ann") is more


def test_a_blog_is_found_by_every_address_that_it_is_known_to_have() -> None:
    course = KnownBlogs(
        ["janedoe.example/edt320", "ann.example"], {"janedoe.example": "janedoe.example/edt320"}
    )
    for url in (
        "http://janedoe.example/",
        "http://janedoe.example/2026/10/x",
        "http://janedoe.example/edt320/x",
    ):
        assert course.find(url) == "janedoe.example/edt320"
    assert course.adding("kim.example").find("http://janedoe.example/about") == "janedoe.example/edt320"
    assert course.find("http://ann.example/x") == "ann.example"


def test_the_front_page_of_a_college_is_no_students_whatever_feed_was_found() -> None:
    course = KnownBlogs(["harlan.edu/fac/jane"], {"harlan.edu": "harlan.edu/fac/jane"})
    assert course.find("http://www.harlan.edu/") == "harlan.edu"
    assert course.find("http://www.harlan.edu/fac/jane/x") == "harlan.edu/fac/jane"


PIECES = st.sampled_from(
    [
        "http://",
        "https//",
        "www.",
        "ww.",
        "m.",
        "jane",
        ".blogspot",
        ".com",
        ".con",
        ".edu",
        "/",
        "~x",
        "%2F",
        "%7E",
        "//",
        "..",
        ".html",
        "?q=1",
        "#a",
        "@",
        "medium.com",
        "/@jane",
        "sites.google.com",
        "/a/",
        "blogs.",
        "wixsite.com",
        ".github.io",
        "é",
        "&amp;",
        "'",
        "feed",
        "2026",
        ":8080",
        ",",
        "edublogs.org",
        "livejournal.com",
        "/users/",
        "blogger.com",
        "/feeds/12",
        "open.substack.com/pub/",
        "_",
        "-",
        ".",
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=9).map("".join))
def test_keys_made_of_anything_are_their_own_keys(url: str) -> None:
    key, home = blog_key(url), home_key(url)
    assert blog_key(key) == key
    assert home_key(home) == home
    assert blog_keys(home) == blog_keys(url)
    assert KnownBlogs([home]).find(url) == home
