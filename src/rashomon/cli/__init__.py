"""The command line: one function a command, which parses, calls and prints."""

from rashomon.cli import accounts, assistants, library, reports, serve
from rashomon.cli.app import app, main

__all__ = ["accounts", "app", "assistants", "library", "main", "reports", "serve"]
