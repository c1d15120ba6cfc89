"""The command line: one function a command, which parses, calls and prints."""

from rashomon.cli import library, reports
from rashomon.cli.app import app, main

__all__ = ["app", "library", "main", "reports"]
