"""Every knob, a section a stage, each with its help text. `rashomon settings` prints them; `--settings FILE` takes TOML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

from rashomon.errors import SettingsError
from rashomon.files import read_file

# A file of settings has a few hundred bytes; one above so many megabytes is something else.
LARGEST = 1


class ReadSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How inputs are read."""

    max_megabytes: Annotated[int, Meta(ge=1, le=100_000, description="larger files are set aside unread")] = 64
    language: Annotated[str, Meta(description="reports in another language are shown, not annotated")] = "en"


class AnnotateSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How findings are made in one article."""

    batch: Annotated[int, Meta(ge=1, le=100_000, description="paragraphs tagged at once")] = 128
    max_paragraph: Annotated[
        int, Meta(ge=1000, le=1_000_000, description="longer paragraphs, in characters, are cut at a space")
    ] = 20_000


class GroupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How articles are grouped into stories."""

    story_similarity: Annotated[
        float,
        Meta(gt=0, le=1, description="least probability, on average, that two articles of a story report one event"),
    ] = 0.35


class CollateSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How findings are lined up over articles. What quotes, figures, points and positions are lined up by is learned; docs/lining.md tells how."""

    passage_words: Annotated[int, Meta(ge=4, le=10_000, description="shortest passage, in words")] = 8
    reworded_similarity: Annotated[float, Meta(ge=0, le=1, description="least likeness of a reworded sentence")] = 0.62
    reworded_in_family: Annotated[
        float, Meta(ge=0, le=1, description="the same between articles that share a text")
    ] = 0.40
    family_share: Annotated[float, Meta(ge=0, le=1, description="share of the shorter text that makes a family")] = 0.20


class ReportSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How a collation is written."""

    snippet_words: Annotated[int, Meta(ge=5, le=100_000, description="longest snippet, in words, with --share")] = 25


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings."""

    read: ReadSettings = field(default_factory=ReadSettings)
    annotate: AnnotateSettings = field(default_factory=AnnotateSettings)
    group: GroupSettings = field(default_factory=GroupSettings)
    collate: CollateSettings = field(default_factory=CollateSettings)
    report: ReportSettings = field(default_factory=ReportSettings)


DEFAULT = Settings()


def load_settings(path: Path) -> Settings:
    """The settings in a TOML file; what it does not name keeps its default. Raises `SettingsError`."""
    try:
        return msgspec.toml.decode(read_file(path, LARGEST), type=Settings)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); name a TOML file") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: {error}; `rashomon settings` prints every setting with its range") from error


def check_settings(settings: Settings) -> None:
    """Raise `SettingsError` for a setting out of its range: one that was made in code was not looked at so far."""
    if not isinstance(settings, Settings):
        raise SettingsError(f"{settings!r:.80}: are no settings; make them with rashomon.Settings(…)")
    try:
        msgspec.convert(msgspec.to_builtins(settings), Settings)
    except (msgspec.MsgspecError, TypeError) as error:
        raise SettingsError(f"{error}; `rashomon settings` prints every setting with its range") from error


def describe_settings(settings: Settings = DEFAULT) -> str:
    """The settings as TOML with their help texts as comments; reading it back gives `settings`."""
    lines: list[str] = []
    for section in Settings.__struct_fields__:
        values = getattr(settings, section)
        lines += [f"# {type(values).__doc__}", f"[{section}]"]
        hints = msgspec.inspect.type_info(type(values))
        assert isinstance(hints, msgspec.inspect.StructType)
        for knob in hints.fields:
            help_text = getattr(knob.type, "extra_json_schema", None) or {}
            value = getattr(values, knob.name)
            shown = f'"{value}"' if isinstance(value, str) else value
            told = f"{help_text.get('description', '')} {_say_range(knob.type)}"
            lines.append(f"{knob.name} = {shown}  # {told}".rstrip(" #"))
        lines.append("")
    return "\n".join(lines)


def _say_range(kind: msgspec.inspect.Type) -> str:
    """The range of a number, as "(0 to 1)" or "(above 0, to 1)"; every range has both ends."""
    if isinstance(kind, msgspec.inspect.Metadata):
        kind = kind.type
    least, above, most = (getattr(kind, bound, None) for bound in ("ge", "gt", "le"))
    if most is None:
        return ""
    return f"({least:g} to {most:g})" if least is not None else f"(above {above:g}, to {most:g})"
