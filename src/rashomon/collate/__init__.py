"""collate: the articles of a story, with their annotations, to a collation."""
