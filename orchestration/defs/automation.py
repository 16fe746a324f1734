"""When a refresh runs: on demand, every morning, or when files arrive. Schedule and sensor are off until switched on."""

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter

from orchestration.ingest.scan import RawFolderError
from orchestration.ingest.stamp import raw_stamp
from orchestration.settings import Settings

refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Read what changed in raw/, bring the marts up to date and publish them. Does nothing if nothing changed.",
)

daily_refresh = dg.ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    description="Every morning at 05:00 UTC: also takes up what no file tells, such as a new version of the extraction rules.",
)

UNFINISHED = [
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
]


@dg.sensor(
    name="new_files",
    job=refresh,
    minimum_interval_seconds=30,
    description="Starts a refresh when something in raw/ was added, changed or removed; one at a time.",
)
def new_files(context: dg.SensorEvaluationContext, settings: dg.ResourceParam[Settings]) -> dg.SensorResult | dg.SkipReason:
    """The cursor is `<number of requests>:<stamp of the folder>`.

    The number makes every run key new: a folder that returns to an earlier state (a file added, then removed) has its stamp
    again, and Dagster drops a request whose run key it has seen.
    """
    try:
        stamp = raw_stamp(settings)
    except RawFolderError as error:
        return dg.SkipReason(str(error))
    number, _, seen = (context.cursor or "0:").partition(":")
    if stamp.digest == seen:
        return dg.SkipReason(f"Nothing new in {settings.raw_dir} ({stamp.files} files).")
    running = context.instance.get_runs(RunsFilter(job_name=refresh.name, statuses=UNFINISHED), limit=1)
    if running:
        return dg.SkipReason(f"{settings.raw_dir} has changed; waiting for run {running[0].run_id[:8]} to end.")
    cursor = f"{int(number) + 1}:{stamp.digest}"
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=cursor)], cursor=cursor)
