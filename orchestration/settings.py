"""Where things are and how much of them at once: read once from the environment, with defaults that work from a clone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1024 * 1024


class SettingsError(ValueError):
    """A setting that cannot be used; the text says which, why and what to write instead."""


def project_root() -> Path:
    """The checkout this package runs from; the current directory when it is installed elsewhere."""
    checkout = Path(__file__).resolve().parents[1]
    return checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()


@dataclass(frozen=True)
class Settings:
    """All settings of a run.

    Every field can be set by an environment variable, `BILATERAL_` and its name in capitals (`BILATERAL_RAW_DIR`).
    """

    raw_dir: Path = field(default_factory=lambda: project_root() / "raw")
    data_dir: Path = field(default_factory=lambda: project_root() / "data")
    # A larger file is quarantined unread. Long articles have 50 kB; 20 MB is a whole archive in one file.
    max_file_bytes: int = 20 * MEGABYTE
    # Documents in one transaction: what a kill can cost to read again.
    batch_documents: int = 500
    # Processes that extract; fewer are started when there is little to do.
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    # Processor time one document may take; one of several megabytes that many times as much. It is then quarantined. A megabyte
    # of news takes 3 s, an article 0.02 s (2 GHz, 2026-11-25).
    document_seconds: int = 5
    # Memory one extracting process may take for a document of up to a megabyte; larger ones get more. It holds 0.2 GB of packs
    # and vocabulary, and a megabyte of news takes 0.1 GB more.
    worker_megabytes: int = 450
    # How long to wait for another run before giving up.
    lock_wait_seconds: float = 30.0
    # Document bodies go into the published copy up to this sum; without them, whole documents cannot be shown from it.
    publish_text_bytes: int = 256 * MEGABYTE

    def __post_init__(self) -> None:
        object.__setattr__(self, "raw_dir", Path(self.raw_dir).expanduser().absolute())
        object.__setattr__(self, "data_dir", Path(self.data_dir).expanduser().absolute())
        for name in ("max_file_bytes", "batch_documents", "workers", "document_seconds", "worker_megabytes"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{variable(name)} must be 1 or more, not {getattr(self, name)}")
        for name in ("lock_wait_seconds", "publish_text_bytes"):
            if not getattr(self, name) >= 0:
                raise SettingsError(f"{variable(name)} must be 0 or more, not {getattr(self, name)}")
        raw, data = self.raw_dir.resolve(), self.data_dir.resolve()
        if data == raw or raw in data.parents:
            raise SettingsError(
                f"{variable('data_dir')} ({self.data_dir}) is inside {variable('raw_dir')} ({self.raw_dir}): what the pipeline"
                " writes would be read as news. Choose a data folder outside of it."
            )

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings from `environ` (the process environment if not given); unset and empty variables take the default.

        Raises SettingsError for a value that is not understood.
        """
        environ = os.environ if environ is None else environ
        given: dict[str, Path | int | float] = {}
        for name, convert in CONVERTERS.items():
            value = environ.get(variable(name), "").strip()
            if not value:
                continue
            try:
                given[name] = convert(value)
            except ValueError:
                kind = "a whole number" if convert is int else "a number"
                raise SettingsError(f"{variable(name)} must be {kind}, not {value!r}") from None
        return cls(**given)  # type: ignore[arg-type]

    def to_env(self) -> dict[str, str]:
        """The environment variables that make another process use the same settings."""
        return {variable(name): str(getattr(self, name)) for name in CONVERTERS}

    @property
    def warehouse_path(self) -> Path:
        """The working DuckDB file. Only the pipeline opens it."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def published_path(self) -> Path:
        """The copy for readers, replaced as a whole by each run."""
        # Not marts.duckdb: DuckDB names the database after its file, and `marts.agreements` would then be ambiguous.
        return self.data_dir / "published" / "bilateral.duckdb"

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps its runs and events."""
        return self.data_dir / "dagster"


CONVERTERS: dict[str, type[Path] | type[int] | type[float]] = {
    "raw_dir": Path,
    "data_dir": Path,
    "max_file_bytes": int,
    "batch_documents": int,
    "workers": int,
    "document_seconds": int,
    "worker_megabytes": int,
    "lock_wait_seconds": float,
    "publish_text_bytes": int,
}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"BILATERAL_{name.upper()}"
