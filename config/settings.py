"""Typed settings: `config/default.toml` < `<data>/dailies.toml` < `DAILIES_SECTION__KEY` in the environment."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from config.errors import StudioError, UsageError

DEFAULTS = Path(__file__).with_name("default.toml")


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def secret_of(value: SecretStr, file: str) -> str:
    """A secret that stands in a setting or, as containers have it, alone in a file. Raises UsageError."""
    if value.get_secret_value() or not file:
        return value.get_secret_value()
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as error:
        raise UsageError(f"The secret in {file} cannot be read: {error.strerror}.", "Mend the setting.") from error


class Web(Section):
    host: str
    port: int = Field(ge=0, le=65535)
    session_hours: int = Field(ge=1)
    secure_cookies: bool


class Api(Section):
    per_minute: int = Field(ge=1)


class Uploads(Section):
    image_mb: float = Field(gt=0)
    audio_mb: float = Field(gt=0)
    video_mb: float = Field(gt=0)
    megapixels: float = Field(gt=0)
    seconds: float = Field(gt=0)


class Webhooks(Section):
    allow_hosts: tuple[str, ...]
    timeout_s: float = Field(gt=0)
    keep_days: int = Field(ge=0)


class Redis(Section):
    url: str
    user: str
    password: SecretStr
    password_file: str
    ca: str

    @property
    def secret(self) -> str:
        return secret_of(self.password, self.password_file)


class Store(Section):
    """Where artifacts lie when workers run on other machines; "" as its url = in the data folder."""

    url: str
    endpoint: str = Field(pattern=r"^(https?://[^/]+/?)?$")
    region: str
    access_key: str
    access_key_file: str
    secret_key: SecretStr
    secret_key_file: str
    ca: str
    cache_gb: float = Field(gt=0)
    patience_s: float = Field(gt=0)

    @property
    def user(self) -> str:
        return secret_of(SecretStr(self.access_key), self.access_key_file)

    @property
    def secret(self) -> str:
        return secret_of(self.secret_key, self.secret_key_file)


class Workers(Section):
    lease_s: int = Field(ge=2)
    batch: int = Field(ge=1)
    deadline_s: int = Field(ge=1)
    memory_mb: int = Field(ge=0)
    ram_mb: int = Field(ge=0)
    grace_s: float = Field(ge=0)
    disk_mb: int = Field(ge=0)


LicenceClass = Literal["osi", "use-limited", "non-commercial", "unclear"]


class Production(Section):
    engines: Literal["default", "stub"]
    encoder: Literal["x264", "svt-av1", "nvenc", "vaapi"]
    attempts: int = Field(ge=1)
    backlog: int = Field(ge=1)
    licences: tuple[LicenceClass, ...]


class Ollama(Section):
    url: str = Field(pattern=r"^https?://")
    model: str
    silence_s: float = Field(gt=0)


class OpenAI(Section):
    url: str = Field(pattern=r"^(https?://.*)?$")
    model: str
    key: str = Field(repr=False)
    silence_s: float = Field(gt=0)


class LlamaCpp(Section):
    model: str


class ComfyUI(Section):
    url: str = Field(pattern=r"^(https?://.*)?$")
    silence_s: float = Field(gt=0)


class Autopilot(Section):
    enabled: bool
    every_minutes: int = Field(ge=1)
    gpu_minutes_per_day: int = Field(ge=0)
    keep_topics_days: int = Field(ge=0)


class Scraper(Section):
    allow_hosts: tuple[str, ...]
    allow_folders: tuple[str, ...]
    timeout_s: float = Field(gt=0)
    pause_s: float = Field(ge=0)
    max_mb: float = Field(gt=0)
    full_text: bool


class Reddit(Section):
    client_id: str
    client_secret: SecretStr


class NewsApi(Section):
    key: SecretStr
    host: str


class Trash(Section):
    keep_days: int = Field(ge=0)


class Credentials(Section):
    certificate: str
    private_key: str
    trusted: tuple[str, ...]


class S3(Section):
    """An S3-compatible bucket that every export is copied to; "" as its endpoint = none."""

    endpoint: str = Field(pattern=r"^(https?://[^/]+/?)?$")
    bucket: str
    prefix: str = Field(pattern=r"^([^/].*)?$")
    region: str
    access_key: str
    secret_key: SecretStr


class Log(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
    style: Literal["text", "json"]


class Settings(BaseSettings):
    """All settings. Built by `load`; frozen."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="DAILIES_", env_nested_delimiter="__")

    web: Web
    api: Api
    uploads: Uploads
    webhooks: Webhooks
    redis: Redis
    store: Store
    workers: Workers
    production: Production
    ollama: Ollama
    openai: OpenAI
    llamacpp: LlamaCpp
    comfyui: ComfyUI
    autopilot: Autopilot
    scraper: Scraper
    reddit: Reddit
    newsapi: NewsApi
    trash: Trash
    credentials: Credentials
    s3: S3
    log: Log

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource, dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:  # fmt: skip
        return env_settings, init_settings, TomlConfigSettingsSource(settings_cls, DEFAULTS)


def load(data: Path) -> Settings:
    """The settings in force for a data folder.

    Raises UsageError naming the setting that is wrong, StudioError when the file cannot be read.
    """
    own = data / "dailies.toml"
    try:
        changes: dict[str, Any] = tomllib.loads(own.read_text("utf-8")) if own.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{own} is not valid TOML: {error}.", "Mend that line.") from error
    except OSError as error:
        raise StudioError(f"{own} cannot be read: {error.strerror}.", "Check its permissions.") from error
    try:
        return Settings(**changes)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"The setting {where} is wrong: {first['msg']}.", f"Look it up in {DEFAULTS}.") from error
