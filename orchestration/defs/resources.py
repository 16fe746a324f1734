"""What assets are given: the settings, and where to tell how far a run has come."""

from __future__ import annotations

from collections.abc import Callable

import dagster as dg

from orchestration.settings import Settings

# Called with (what is being done, how many are done, how many there are).
Progress = Callable[[str, int, int], None]


def no_progress(what: str, done: int, total: int) -> None:
    """Runs that nobody watches: Dagster's own log says enough."""


@dg.resource(description="Folders and limits, from the environment (BILATERAL_*) with defaults that work from a clone.")
def settings_resource(_: dg.InitResourceContext) -> Settings:
    return Settings.from_env()


@dg.resource(description="Receives the progress of a run; the command line puts its progress bar here.")
def progress_resource(_: dg.InitResourceContext) -> Progress:
    return no_progress


RESOURCES = {"settings": settings_resource, "progress": progress_resource}
