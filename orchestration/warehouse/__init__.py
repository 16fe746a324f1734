"""The DuckDB warehouse: create, write a batch in one transaction, publish. The only place with SQL outside dbt."""

from orchestration.warehouse.errors import (
    WarehouseBusy,
    WarehouseDamaged,
    WarehouseError,
    WarehouseUnwritable,
    WarehouseVersion,
)
from orchestration.warehouse.lock import warehouse_lock
from orchestration.warehouse.publish import publish
from orchestration.warehouse.reference import load_reference
from orchestration.warehouse.store import open_warehouse

__all__ = [
    "WarehouseBusy",
    "WarehouseDamaged",
    "WarehouseError",
    "WarehouseUnwritable",
    "WarehouseVersion",
    "load_reference",
    "open_warehouse",
    "publish",
    "warehouse_lock",
]
