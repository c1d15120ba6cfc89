"""String tools that know no article: words, paragraphs, normal form, alignment, sentence vectors."""
