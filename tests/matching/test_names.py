"""Names as people write them, and what they compare as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.matching.names import (
    fold,
    full_name_candidates,
    given_forms,
    is_mixed_script,
    name_key,
    read_name,
    skeleton,
    split_handle,
    squeeze_name,
    surname_forms,
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        pytest.param("Jane Doe", "jane doe", id="plain"),
        pytest.param("  JANE   doe ", "jane doe", id="case and blanks"),
        pytest.param("Ｊａｎｅ Ｄｏｅ", "jane doe", id="full width"),
        pytest.param("Ja\u200bne Doe", "jane doe", id="zero width"),
        pytest.param("Jane 🌻 Doe 😀", "jane doe", id="emoji"),
        pytest.param("José Nuñez", "jose nunez", id="marks"),
        pytest.param("Jose\u0301 Nun\u0303ez", "jose nunez", id="decomposed"),
        pytest.param("Søren Łukasz Đorđević", "soren lukasz dordevic", id="letters without marks"),
        pytest.param("Straße Æsop", "strasse aesop", id="letters that are two"),
        pytest.param("Mrs. Jane Doe", "jane doe", id="title"),
        pytest.param("Dr Jane Doe, PhD", "jane doe", id="title and degree"),
        pytest.param("Jane Doe Jr.", "jane doe", id="suffix"),
        pytest.param("John Doe III", "john doe", id="third"),
        pytest.param("Doe, Jane", "jane doe", id="last first"),
        pytest.param("De La Cruz, Ann-Marie", "ann marie de la cruz", id="last first, compound"),
        pytest.param("Jane Doe said", "jane doe", id="said"),
        pytest.param("Jane Doe | Jane’s Corner", "jane doe", id="site after bar"),
        pytest.param("Jane Doe – Corner", "jane doe", id="site after dash"),
        pytest.param("Ann-Marie O’Neil", "ann marie oneil", id="hyphen and apostrophe"),
        pytest.param("Sean O´Neil", "sean oneil", id="acute for apostrophe"),
        pytest.param("jane.doe", "jane doe", id="dot"),
        pytest.param("jane_doe", "jane doe", id="underscore"),
        pytest.param("Jane &amp; Tom", "jane tom", id="escaped"),
        pytest.param("王小明", "王小明", id="chinese"),
        pytest.param("Дарья Котова", "дарья котова", id="cyrillic"),
        pytest.param("Dr.", "dr", id="only a title"),
        pytest.param("", "", id="nothing"),
        pytest.param("😀", "", id="only emoji"),
    ],
)
def test_name_compares_as_its_normal_form(written: str, key: str) -> None:
    assert name_key(written) == key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("McAdams", "Mc Adams", id="Mc"),
        pytest.param("De La Cruz", "DeLaCruz", id="De La"),
        pytest.param("O'Shea", "OShea", id="apostrophe"),
        pytest.param("Peña-Holt", "Pena Holt", id="hyphen"),
    ],
)
def test_joined_and_split_surnames_are_one(left: str, right: str) -> None:
    assert squeeze_name(left) == squeeze_name(right)


@given(st.text(max_size=40))
def test_normal_forms_are_their_own_normal_forms(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    "name", ["Anonymous", "anonymous", "Unknown", "Guest", "Anónimo", "ANONYM", "Legacy User", "?", ""]
)
def test_names_that_name_nobody_say_nothing(name: str) -> None:
    assert read_name(name).says_nothing


def test_kinds_of_names_are_told_apart() -> None:
    assert read_name("Jane Doe").is_full
    assert not read_name("Jane D.").is_full
    assert read_name("jane96").is_handle
    assert read_name("Mrs. Le").titled
    assert read_name("JaneDoe").tokens == ("jane", "doe")
    assert read_name("McAdams").tokens == ("mcadams",)


def test_mixed_alphabets_are_seen_and_their_skeleton_is_latin() -> None:
    assert is_mixed_script("Jаne Doe")  # the first a is Cyrillic
    assert not is_mixed_script("Дарья Котова")
    assert not is_mixed_script("José")
    assert name_key(skeleton("Jаne Doe")) == "jane doe"


def test_given_name_is_known_in_full_preferred_and_short() -> None:
    forms = given_forms("Ann-Marie", "Annie")
    assert {form for form, cost in forms.items() if cost == 0} == {"annie", "annmarie", "ann"}
    assert forms["marie"] == 0.5
    assert "bill" in given_forms("William")
    assert "william" in given_forms("Bill")


@pytest.mark.parametrize(
    ("given", "short"),
    [
        ("Temitope", "temi"),
        ("Stavroula", "voula"),
        ("Małgorzata", "gosia"),
        ("Juan Carlos", "juanca"),
        ("Guillaume", "gui"),
        ("Conceição", "sao"),
        ("Ekaterina", "katya"),
        ("Zainab", "zuzu"),
        ("Mark Anthony", "makoy"),
        ("Siobhán", "shiv"),
        ("Wolfgang", "wolfi"),
        ("Giuseppina", "pina"),
    ],
)
def test_short_forms_are_known_in_many_languages(given: str, short: str) -> None:
    assert short in given_forms(given)


def test_short_form_is_no_name_of_another_with_the_same_short_form() -> None:
    assert "alejandra" not in given_forms("Alessandra")


@pytest.mark.parametrize(
    ("name", "is_pen_name"),
    [
        ("kitchen.table", True),
        ("Umbrella Weather", True),
        ("Ms. Snickerdoodle", True),
        ("Nora Whitfield", False),
        ("Umbrella Whitfield", False),
        ("Ruby Snowflake", False),
    ],
)
def test_pen_name_is_of_everyday_words_only(name: str, is_pen_name: bool) -> None:
    assert read_name(name).is_of_everyday_words is is_pen_name


def test_double_surname_is_known_by_each_half_but_not_by_its_particles() -> None:
    assert surname_forms("Peña-Holt") == {"penaholt": 0.0, "pena": 0.5, "holt": 0.5}
    assert surname_forms("De La Cruz") == {"delacruz": 0.0, "cruz": 0.5}
    assert surname_forms("St. Cyr") == {"stcyr": 0.0, "saintcyr": 0.5, "cyr": 0.5}
    assert surname_forms("do Vale da Costa")["valecosta"] == 0.5


def test_middle_initials_are_left_out_when_looking_up() -> None:
    assert "janedoe" in set(full_name_candidates(read_name("Jane Q. Doe")))
    assert "annedoe" in set(full_name_candidates(read_name("J. Anne Doe")))


def test_handle_is_bared_of_digits_and_course() -> None:
    assert split_handle("annsmithedt32022", ("edt320",)) == "annsmith"
