"""The command line: one function a command, which parses, calls and prints."""

from rashomon.cli import assistants, library, reports, serve
from rashomon.cli.app import app, main

__all__ = ["app", "assistants", "library", "main", "reports", "serve"]
