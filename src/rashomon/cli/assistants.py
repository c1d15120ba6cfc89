"""The command that serves assistants: mcp."""

from __future__ import annotations

from importlib.util import find_spec

from rashomon.cli.app import Place, SettingsFile, app, opened, settings_of
from rashomon.errors import UsageError


@app.command()
def mcp(library: Place = None, settings_file: SettingsFile = None) -> None:
    """Serve an assistant over standard input and output: collate, search, story and passage as tools (MCP).

    Examples:
        rashomon mcp

        rashomon mcp --store newsroom.sqlite
    """
    if find_spec("mcp") is None:
        raise UsageError("the protocol of assistants comes with an extra: pip install 'rashomon[mcp]'")
    from rashomon.mcp.server import make_server

    with opened(library, settings_of(settings_file)) as kept:
        make_server(kept).run()
