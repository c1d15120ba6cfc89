"""The version, as the JSON and `--version` give it, and the number of the finders' code."""

VERSION = "0.1.0"
# Raised whenever a finder finds something else in the same article: what was found before is then found anew. A test
# compares it with what is found in the example stories.
FINDERS = 14
