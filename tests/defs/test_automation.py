"""Schedule and sensor: when they ask for a run, and why they do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterRunStatus

from orchestration.defs.automation import daily_refresh, new_files, refresh
from orchestration.settings import Settings


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test() as instance:
        yield instance


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("one")
    return Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")


def tick(instance: dg.DagsterInstance, settings: Settings, cursor: str | None) -> tuple[list[str], str | None, str | None]:
    """(run keys asked for, cursor afterwards, reason for asking for none)."""
    context = dg.build_sensor_context(instance=instance, cursor=cursor, resources={"settings": settings})
    data = new_files.evaluate_tick(context)
    return [request.run_key or "" for request in data.run_requests or []], data.cursor, data.skip_message


def test_a_new_file_asks_for_one_run(instance: dg.DagsterInstance, settings: Settings) -> None:
    _, cursor, _ = tick(instance, settings, None)
    assert tick(instance, settings, cursor) == ([], cursor, f"Nothing new in {settings.raw_dir} (1 files).")
    (settings.raw_dir / "b.txt").write_text("two")
    keys, after, _ = tick(instance, settings, cursor)
    assert len(keys) == 1
    assert tick(instance, settings, after)[0] == []


@pytest.mark.parametrize("change", ["edit", "remove", "move"])
def test_other_changes_ask_for_a_run_too(instance: dg.DagsterInstance, settings: Settings, change: str) -> None:
    _, cursor, _ = tick(instance, settings, None)
    path = settings.raw_dir / "a.txt"
    if change == "edit":
        path.write_text("two words")
    elif change == "remove":
        path.unlink()
    else:
        path.rename(path.with_name("c.txt"))
    assert len(tick(instance, settings, cursor)[0]) == 1


def test_a_folder_that_returns_to_an_earlier_state_asks_again(instance: dg.DagsterInstance, settings: Settings) -> None:
    """Dagster drops a request whose run key it has seen."""
    first, cursor, _ = tick(instance, settings, None)
    (settings.raw_dir / "b.txt").write_text("two")
    second, cursor, _ = tick(instance, settings, cursor)
    (settings.raw_dir / "b.txt").unlink()
    third, _, _ = tick(instance, settings, cursor)
    assert len({*first, *second, *third}) == 3


@pytest.mark.parametrize("status", [DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED])
def test_one_run_at_a_time(instance: dg.DagsterInstance, settings: Settings, status: DagsterRunStatus) -> None:
    instance.add_run(dg.DagsterRun(job_name=refresh.name, run_id="0123456789abcdef", status=status))
    keys, cursor, reason = tick(instance, settings, None)
    assert (keys, cursor) == ([], None), "the change must be seen again at the next tick"
    assert reason and "waiting for run 01234567" in reason


def test_a_missing_folder_is_a_reason_and_no_failure(instance: dg.DagsterInstance, settings: Settings) -> None:
    (settings.raw_dir / "a.txt").unlink()
    settings.raw_dir.rmdir()
    keys, _, reason = tick(instance, settings, None)
    assert keys == []
    assert reason and str(settings.raw_dir) in reason


def test_both_are_off_until_switched_on() -> None:
    assert new_files.default_status is dg.DefaultSensorStatus.STOPPED
    assert daily_refresh.default_status is dg.DefaultScheduleStatus.STOPPED


def test_the_schedule_starts_the_same_job_every_day() -> None:
    assert (daily_refresh.job_name, daily_refresh.cron_schedule, daily_refresh.execution_timezone) == (
        "refresh",
        "0 5 * * *",
        "UTC",
    )
    data = daily_refresh.evaluate_tick(dg.build_schedule_context())
    assert len(data.run_requests or []) == 1
