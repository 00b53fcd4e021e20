"""A roster file becomes rows: headers as colleges write them, names split, every row checked.

Tested in tests/jobs/people/test_import_roster.py.
"""

from __future__ import annotations

from tracker.domain.errors import FileError
from tracker.domain.roster import RosterRow
from tracker.exports.tables import read_table

COLUMNS = {
    **dict.fromkeys(("studentid", "id", "sisuserid", "sisid", "studentnumber", "externalid"), "student_id"),
    **dict.fromkeys(("givenname", "firstname", "first", "given"), "given_name"),
    **dict.fromkeys(("familyname", "lastname", "last", "surname", "family"), "family_name"),
    **dict.fromkeys(("name", "student", "fullname", "studentname", "sortablename"), "name"),
    **dict.fromkeys(("preferredname", "preferred", "nickname"), "preferred_name"),
    **dict.fromkeys(("email", "emailaddress", "mail"), "email"),
    **dict.fromkeys(("blogurl", "blog", "classblog", "blogaddress"), "blog_url"),
    **dict.fromkeys(("aliases", "alias", "pseudonym", "pseudonyms"), "aliases"),
    **dict.fromkeys(("twitter", "twittername"), "twitter"),
    **dict.fromkeys(("section", "sectionname", "group"), "section"),
}
"""Headers as college systems write them, squeezed, and the column each means."""


def read_roster(content: str | bytes) -> list[RosterRow]:
    """Read a roster file: any of the headers in COLUMNS, "Last, First" in one column included.

    A row needs a name. Two rows with one student id are an error; two of one name are two people.
    FileError names the line.
    """
    rows = []
    seen: dict[str, int] = {}
    for table_row in read_table(content, COLUMNS):
        given, family = table_row["given_name"], table_row["family_name"]
        if not (given or family):
            given, family = split_name(table_row["name"])
        if not (given or family):
            raise FileError(f"Line {table_row.line} has no name.", line=table_row.line)
        student_id = table_row["student_id"]
        if student_id and student_id in seen:
            raise FileError(
                f"Line {table_row.line}: student ID {student_id} is already on line {seen[student_id]}.",
                line=table_row.line,
            )
        seen[student_id] = table_row.line
        rest = {key: table_row[key] for key in ("preferred_name", "email", "blog_url", "aliases", "twitter")}
        rows.append(
            RosterRow(table_row.line, student_id, given, family, section=table_row["section"], **rest)
        )
    if not rows:
        raise FileError("The file has column names but no students.")
    return rows


def split_name(name: str) -> tuple[str, str]:
    """ "Last, First" or "First Last" -> (given, family); one word alone is a given name."""
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.strip().rpartition(" ")
    return (given.strip(), family) if given else (family, "")
