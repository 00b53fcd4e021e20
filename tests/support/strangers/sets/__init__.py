"""What differs by set beside the wordings: names, college, course, blogs and hosts, one module each a set."""
