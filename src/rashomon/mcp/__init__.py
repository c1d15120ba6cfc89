"""mcp: a library and a collation as tools for assistants (the Model Context Protocol).

`answers` is what the tools say, every claim with the words it rests on; `server` puts it into the protocol.
"""
