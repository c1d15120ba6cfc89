"""The version, as the JSON and `--version` give it."""

VERSION = "0.1.0"
