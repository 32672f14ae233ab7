"""Settings of a process, in one place: `CREDPATH_...` variables, then `credpath.toml`, then defaults.

A command's own options win over all of them. The TOML file is the one that `CREDPATH_CONFIG` names, or `credpath.toml`
in the working folder; its keys are the names of the fields below, and another one is refused. A variable that is empty
counts as not set.
"""

import os
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

from babel.numbers import is_currency
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from graph.address import Access, folder_of, shown
from loaders.nearest import suggestion
from ontology.errors import BadSetting

CONFIG = "credpath.toml"


def data_folder() -> Path:
    """Where this system keeps the data of a user's programs."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "credpath"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "credpath"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "credpath"


class Settings(BaseSettings):
    """How this process works. `read_settings` makes one with plain errors."""

    model_config = SettingsConfigDict(
        env_prefix="CREDPATH_", env_ignore_empty=True, extra="ignore", frozen=True, use_attribute_docstrings=True
    )

    store: str = Field(default_factory=lambda: f"oxigraph:{data_folder() / 'store'}")
    """Address of the store, such as oxigraph:./my-store, neo4j://localhost:7687 or sparql+https://example.org/dataset"""

    store_user: str | None = None
    """User on the server of the store, where the address names none."""

    store_password: SecretStr | None = None
    """Password on the server of the store, where the address names none."""

    store_authority: Path | None = None
    """The certificate authority (a PEM file) to check the server against, in place of the system's authorities."""

    rubric: Path | None = None
    """A proof rubric of one's own (TOML) in place of the one that ships."""

    currency: str = "GBP"
    """The currency in which plans are compared (ISO 4217)."""

    hours_per_week: float = Field(default=5, ge=1 / 60, le=168)
    """The pace of somebody who states none."""

    hour_value: float = Field(default=25, ge=0, le=1_000_000)
    """What an hour of one's time is worth, in `currency`: `balanced` plans weigh money and hours by it."""

    poll_seconds: float = Field(default=2, ge=0.1, le=3600)
    """How often `serve` looks whether somebody else changed the store."""

    debug: bool = False
    """Show the traceback of an unexpected error."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order in which sources are believed."""
        del dotenv_settings, file_secret_settings
        file = TomlConfigSettingsSource(settings_cls, toml_file=os.environ.get("CREDPATH_CONFIG") or CONFIG)
        return init_settings, env_settings, file

    @property
    def access(self) -> Access:
        """How to be let in by the server of the store."""
        password = self.store_password.get_secret_value() if self.store_password else None
        authority = str(self.store_authority) if self.store_authority else None
        return Access(user=self.store_user, password=password, authority=authority)

    @property
    def shown_store(self) -> str:
        """The address of the store without user and password, for people and logs."""
        return shown(self.store)

    @property
    def index_folder(self) -> Path | None:
        """Where the index is saved: beside the store's folder, or among the user's data; `None` for memory."""
        scheme, _, rest = self.store.partition(":")
        if scheme == "memory" or not rest:
            return None
        if scheme == "oxigraph":
            folder = folder_of(rest)
            if folder.name in ("", ".."):
                folder = folder.resolve()
            return folder.with_name(f"{folder.name}-index") if folder.name else _index_of(rest)
        return _index_of(self.shown_store)

    @property
    def spare_index_folder(self) -> Path | None:
        """Where the index of a store's folder is saved if nothing can be written beside it; `None` for other stores."""
        scheme, _, rest = self.store.partition(":")
        if scheme != "oxigraph" or not rest:
            return None
        return _index_of(str(folder_of(rest).resolve()))


def _index_of(name: str) -> Path:
    return data_folder() / f"index-{sha256(name.encode()).hexdigest()[:16]}"


def _check_keys(file: Path) -> None:
    """Refuse a key that names no setting: what is mistyped would be passed over. Raises `BadSetting`."""
    known = tuple(Settings.model_fields)
    for key in tomllib.loads(file.read_text("utf-8")) if file.is_file() else ():
        if key not in known:
            raise BadSetting(key, f"{file} has it, and there is no such setting; expected {suggestion(key, known)}")


def read_settings(store: str | None = None) -> Settings:
    """The settings of this process; `store` wins over what is set elsewhere. Raises `BadSetting`."""
    named = os.environ.get("CREDPATH_CONFIG")
    if named and not Path(named).is_file():
        raise BadSetting("CREDPATH_CONFIG", f"there is no file {named}")
    try:
        _check_keys(Path(named or CONFIG))
        settings = Settings() if store is None else Settings(store=store)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        found = "" if name == "store_password" else f", found {first['input']!r}"
        raise BadSetting(name, first["msg"] + found) from (None if name == "store_password" else error)
    except ValueError as error:
        raise BadSetting(named or CONFIG, str(error)) from error
    if not is_currency(settings.currency):
        raise BadSetting("currency", f"{settings.currency!r} is no code of a currency, such as GBP, EUR or USD")
    return settings
