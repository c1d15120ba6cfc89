"""The commands over a library; `rashomon --help` has them in the order of these modules."""

from rashomon.cli.library import arriving, looking, story, upkeep

__all__ = ["arriving", "looking", "story", "upkeep"]
