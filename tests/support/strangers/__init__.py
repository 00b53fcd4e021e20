"""Invented labelled courses for the matcher, written by somebody who does not know its rules.

    python -m tests.support.strangers --seed 1 --set a OUT_DIR

writes roster.csv, blogs.csv, assignments.csv, comments.jsonl and truth.jsonl, one course a seed. The
generator knows who writes each comment, so the labels are true by construction;
`labels.must_look_first` says which comments a careful person would want to see first, from what the
generator put into a comment and never from its text.

What a matcher may be told about the course differs by seed, not by set: course.json beside the five files
has it, and the command prints it.

    course_words   the course's code and title, and the college's full name, short name and acronym
    staff          the names of the instructor and the assistant
    course_blog    the address of the course's own blog

The wordings of a set are text files in wordings/<set>: one wording a line under its kind, "¶" for a line
break, "[a|b]" for a choice and "{slot}" for a name, link or topic. sets/ has what else differs by set:
names_<set> the stocks of names; scenery_<set> colleges, courses, blogs and hosts. A new set needs all of
them, with the same kinds of wordings; only the closings in a language (`stocks.CULTURES_OF`) are those of
its own cultures.
"""
