"""The command line: one function a command, which parses, calls and prints."""

from rashomon.cli import accounts, assistants, corpus, library, reports, serve
from rashomon.cli.app import app, main

__all__ = ["accounts", "app", "assistants", "corpus", "library", "main", "reports", "serve"]
