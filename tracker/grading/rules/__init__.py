"""An assignment's rule as written: fields, form <-> terms <-> document, checks."""
