"""Every option of the product, typed and documented, read once from the environment (EDU_…)."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The options, with the embedded defaults: one computer, nothing else installed.

    Production sets at least `EDU_SECRET_KEY`, `EDU_BASE_URL`, `EDU_CONTENT_URL` and
    `EDU_DATABASE_URL`; see docs/deploy.md.
    """

    model_config = SettingsConfigDict(env_prefix="EDU_", env_ignore_empty=True)

    home: Path = Field(Path("var"), description="Folder that holds all data of this installation.")
    port: int = Field(8000, ge=1, le=65535, description="Port of the web server on loopback.")
    host: str = Field("127.0.0.1", description="Address that the web server listens on.")
    base_url: str = Field(
        "", description="Address of the portal as people type it. Default: http://HOST:PORT."
    )
    content_url: str = Field(
        "",
        description="Another host name of the same server that serves what people uploaded, so "
        "that uploads never run on the portal's host. Default: http://localhost:PORT.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Signs cookies and links, seals the keys of the second step. "
        "Default: made once, kept in HOME.",
    )
    former_secret_keys: SecretStr = Field(
        SecretStr(""),
        description="Earlier values of EDU_SECRET_KEY, by comma: what they signed or sealed is "
        "still read.",
    )
    database_url: str = Field(
        "", description="SQLAlchemy address of the database. Default: SQLite in HOME."
    )
    redis_url: str = Field(
        "", description="Redis or Valkey that wakes workers. Default: the embedded one in HOME."
    )
    storage_url: str = Field(
        "", description="Where files live: file:///…, s3://bucket/…, memory://. Default: HOME."
    )
    search_engine: Literal["tantivy", "whoosh", "postgres", "memory"] = Field(
        "tantivy", description="Search engine. Several web hosts: postgres."
    )
    mail_url: str = Field(
        "console://", description="console:// prints mail; smtp[s]://user:password@host:port."
    )
    mail_from: str = Field("nghe-so@localhost.localdomain", description="Sender of our mail.")
    default_locale: Literal["vi", "en"] = Field("vi", description="Language of first resort.")
    time_zone: str = Field(
        "Asia/Ho_Chi_Minh", description="Zone in which times are shown and days begin."
    )
    behind_proxies: int = Field(
        0, ge=0, description="How many trusted proxies stand before us and set X-Forwarded-*."
    )
    demo: bool = Field(
        default=False, description="The demo province: sign-in shows the demo accounts."
    )
    max_upload_mb: int = Field(64, ge=1, description="Largest upload accepted, in MiB.")
    job_poll_seconds: float = Field(
        5.0, gt=0, description="How often the sweeper looks for due jobs when nobody wakes it."
    )
    job_lease_seconds: float = Field(
        60.0, gt=0, description="A job whose worker died is taken again after this time."
    )
    web_processes: int = Field(
        0,
        ge=0,
        description="Processes of the web server, granian, behind a proxy. 0: one, waitress, which "
        "needs no proxy.",
    )
    web_threads: int = Field(8, ge=1, description="Threads of each process of the web server.")
    fetch_also: str = Field(
        "",
        description="Private addresses that may be fetched from all the same, as ADDRESS:PORT by "
        "comma: another record store in your own network.",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token for /metrics. Default: loopback only."
    )
    log_format: Literal["text", "json"] = Field("text", description="Shape of log lines.")

    @field_validator("fetch_also")
    @classmethod
    def _names_places(cls, listed: str) -> str:
        list(_places_in(listed))
        return listed

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.home = self.home.absolute()
        self.base_url = (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")
        self.content_url = (self.content_url or f"http://localhost:{self.port}").rstrip("/")
        if urlsplit(self.base_url).hostname == urlsplit(self.content_url).hostname:
            raise ValueError("EDU_CONTENT_URL must have another host name than EDU_BASE_URL")
        self.database_url = self.database_url or f"sqlite:///{self.home / 'edu.sqlite3'}"
        self.storage_url = self.storage_url or (self.home / "files").as_uri()
        return self

    @property
    def is_https(self) -> bool:
        """True when people reach the portal by https: cookies are then Secure."""
        return self.base_url.startswith("https://")

    @property
    def search_folder(self) -> Path:
        """Where the embedded search index lives: local disk, rebuildable."""
        return self.home / "search"

    def private_places(self) -> frozenset[tuple[str, int]]:
        """Where in the private network people's addresses may lead: host and port."""
        return frozenset(_places_in(self.fetch_also))

    @property
    def redis_socket(self) -> Path:
        """The embedded Valkey listens here."""
        return self.home / "valkey.sock"

    def secret(self) -> str:
        """Give the signing key; make and keep one in HOME when none is set."""
        if given := self.secret_key.get_secret_value():
            return given
        kept = self.home / "secret.key"
        if not kept.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48))
        return kept.read_text()

    def former_secrets(self) -> list[str]:
        """Earlier signing keys, the latest first: good for reading, never for writing."""
        given = self.former_secret_keys.get_secret_value().split(",")
        return [key.strip() for key in given if key.strip()]


def _places_in(listed: str) -> Iterator[tuple[str, int]]:
    """Read ADDRESS:PORT, ADDRESS:PORT. Raises ValueError for what names no place."""
    for place in filter(None, map(str.strip, listed.split(","))):
        url = urlsplit(f"//{place}")
        if not url.hostname or url.port is None:
            raise ValueError(f"{place!r} is not ADDRESS:PORT")
        yield url.hostname, url.port


_in_force: list[Settings] = []


def use(settings: Settings) -> None:
    """Let these settings be in force in this process; `create_app` does so."""
    _in_force[:] = [settings]


def in_force() -> Settings:
    """The settings of this process, for business code that needs an address or a limit."""
    return _in_force[0]
