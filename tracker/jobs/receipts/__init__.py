"""A student's own record of a comment, until the comment is found."""
