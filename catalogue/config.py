"""Every setting, in one place: command line, environment (`CASTALOGUE_*`), a TOML file, defaults; in that order.

The TOML file is what `CASTALOGUE_CONFIG` names, else `castalogue.toml` in the current folder, else the one in the
user's configuration folder. A variable without a value is not set. `catalogue.toml` inside a library is the
producer's and read elsewhere.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from platformdirs import user_config_path, user_data_path
from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from catalogue.errors import ConfigError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Settings(BaseSettings):
    """What an operator can set; paths may be relative to the current folder."""

    model_config = SettingsConfigDict(
        env_prefix="CASTALOGUE_", env_ignore_empty=True, extra="forbid", frozen=True, populate_by_name=True
    )

    library: Path = Field(default=Path("episodes"), description="The folder with the shows.")
    data: Path | None = Field(default=None, description="The folder for the database and derived files.")
    base_url: str | None = Field(default=None, description="The public address, such as https://example.org.")
    database_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "CASTALOGUE_DATABASE_URL", "database_url"),
        description="An SQLAlchemy URL; without it, SQLite in the data folder.",
    )
    host: str = Field(default="127.0.0.1", description="The address `serve` listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port `serve` listens on.")
    threads: int = Field(default=8, ge=1, le=256, description="Threads that answer requests.")
    workers: int = Field(
        # One processor is for who hands them the files, and for listeners meanwhile.
        default_factory=lambda: min(max((os.cpu_count() or 1) - 1, 1), 8),
        ge=1,
        le=64,
        description="Processes that read audio.",
    )
    settle_seconds: float = Field(default=2.0, ge=0, le=3600, description="How long a file must lie still.")
    x_accel_redirect: str | None = Field(
        default=None, description="Where nginx in front sends files itself, such as /_castalogue."
    )

    allow_outside: str | None = Field(
        default=None, description="Private hosts and networks that may be asked, such as nas.local, 192.168.1.0/24."
    )
    websub_hub: str | None = Field(
        default=None, description="The WebSub hub that is told of changes, such as https://hub.example.org/."
    )
    podping_token: str | None = Field(default=None, repr=False, description="The token for Podping.")
    podping_token_file: Path | None = Field(default=None, description="A file that holds the token for Podping.")
    podping_relay: str = Field(default="https://podping.cloud/", description="Who passes Podpings on.")
    webhook_url: str | None = Field(
        default=None, repr=False, description="Your own machine's address that is told of published episodes."
    )
    webhook_secret: str | None = Field(default=None, repr=False, description="What webhooks are signed with.")
    webhook_secret_file: Path | None = Field(
        default=None, description="A file that holds what webhooks are signed with."
    )

    trusted_proxy: str | None = Field(
        default=None, description="The address of the proxy in front, where it says who asks (X-Forwarded-For)."
    )
    secret_key: str | None = Field(
        default=None, repr=False, description="The server's key, where several machines share a database."
    )
    secret_key_file: Path | None = Field(default=None, description="A file that holds the server's key.")

    largest_upload_mb: int = Field(
        default=2048, ge=1, le=1_000_000, description="The largest recording that the studio takes, in MiB."
    )

    audio_help: bool = Field(
        default=True, description="Whether ffmpeg, where it is, measures how loud recordings of the studio are."
    )

    @field_validator("base_url")
    @classmethod
    def _plain_base_url(cls, value: str | None) -> str | None:
        if value is None or not value.strip():
            return None
        value = value.strip().rstrip("/")
        if not _is_base_url(value):
            raise ValueError("write it like https://example.org, without a query, a fragment or a password")
        return value

    @field_validator("x_accel_redirect")
    @classmethod
    def _plain_prefix(cls, value: str | None) -> str | None:
        value = (value or "").strip().rstrip("/")
        if value and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", value):
            raise ValueError("write it like /_castalogue, as the location in nginx's configuration")
        return value or None

    @field_validator("websub_hub", "podping_relay", "webhook_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        if value is not None and not _is_address(value):
            raise ValueError("write it like https://example.org/path, in ASCII, without a fragment or a password")
        return value

    @property
    def data_folder(self) -> Path:
        """The data folder: as set, else one of the library's own under the user's data folder."""
        if self.data is not None:
            return self.data
        real = os.fsencode(self.library.resolve())
        return user_data_path("castalogue") / hashlib.sha256(real).hexdigest()[:16]

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the index."""
        # What an address would take for its end or an escape stands escaped.
        return self.database_url or f"sqlite:///{quote(str(self.data_folder / 'index.sqlite3'))}"

    @property
    def derived_folder(self) -> Path:
        """Where pictures made from the library's are kept."""
        return self.data_folder / "derived"

    @property
    def upload_folder(self) -> Path:
        """Where recordings are kept while they come in."""
        return self.data_folder / "uploads"

    @property
    def largest_upload_bytes(self) -> int:
        """The largest recording that the studio takes."""
        return self.largest_upload_mb * 1024**2

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (pydantic's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _config_file())


def open_settings(**stated: Any) -> Settings:
    """Read the settings; what the command line states (not None) wins.

    Raises ConfigError that names every faulty setting and the mend.
    """
    named = os.environ.get("CASTALOGUE_CONFIG")
    if named and not Path(named).is_file():
        raise ConfigError(
            "no-settings-file",
            "There is no settings file {path}. Correct CASTALOGUE_CONFIG, or unset it.",
            path=named,
        )
    try:
        return Settings(**{name: value for name, value in stated.items() if value is not None})
    except ValidationError as error:
        raise ConfigError("setting", "{text}", text="\n".join(_told(fault) for fault in error.errors())) from error
    except (ValueError, OSError) as error:  # the TOML file itself
        raise ConfigError("settings-file", "{path}: {why}.", path=_config_file(), why=str(error)) from error


def _told(fault: ErrorDetails) -> str:
    name = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":  # only the TOML file can hold one: unknown variables are other programs'
        near = difflib.get_close_matches(name, Settings.model_fields, n=1)
        mend = f" Did you mean `{near[0]}`?" if near else ""
        return f"{_config_file()}: `{name}` is no setting of Castalogue.{mend}"
    why = fault["msg"].removeprefix("Value error, ").rstrip(".")
    return f"The setting `{name}` cannot be used: {why}."


def _is_base_url(value: str) -> bool:
    return not any(character in "?#@" or character.isspace() for character in value) and _has_host(value)


def _is_address(value: str) -> bool:
    # A hub's stands between < and > in a header.
    return value.isascii() and value.isprintable() and not set(value) & set(' "#<>@\\^`{|}') and _has_host(value)


def _has_host(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # reading it raises where it is none
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _config_file() -> Path:
    named = os.environ.get("CASTALOGUE_CONFIG")
    if named:
        return Path(named)
    here = Path("castalogue.toml")
    return here if here.is_file() else user_config_path("castalogue") / "castalogue.toml"
