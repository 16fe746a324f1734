"""What Dagster loads: everything in `orchestration.defs`, run in one process."""

import dagster as dg

from orchestration import defs as package
from orchestration.defs.automation import daily_refresh, new_files, refresh
from orchestration.defs.resources import RESOURCES

defs = dg.Definitions(
    assets=dg.load_assets_from_package_module(package, include_specs=True),
    asset_checks=dg.load_asset_checks_from_package_module(package),
    jobs=[refresh],
    schedules=[daily_refresh],
    sensors=[new_files],
    resources=RESOURCES,
    # Steps share one process: starting one for each costs two seconds, and the warehouse takes one writer anyway.
    executor=dg.in_process_executor,
)
