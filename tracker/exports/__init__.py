"""Exports: one module for each format, rows in and bytes out.

The rows come from `queries` (`jobs/grades/export_gradebook.py` for grades); a page in `web` or a command in
`cli` offers them. docs/CONTRIBUTING.md has the recipe.
"""
