from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from orchestration.settings import CONVERTERS, Settings, SettingsError, project_root, variable


def test_the_defaults_work_from_a_clone() -> None:
    settings = Settings.from_env({})
    assert (settings.raw_dir, settings.data_dir) == (project_root() / "raw", project_root() / "data")
    assert settings.raw_dir.is_dir()


def test_every_field_has_its_variable(tmp_path: Path) -> None:
    assert set(CONVERTERS) == {field.name for field in fields(Settings)}
    wanted = Settings(
        raw_dir=tmp_path / "in",
        data_dir=tmp_path / "out",
        max_file_bytes=11,
        batch_documents=12,
        workers=13,
        document_seconds=14,
        worker_megabytes=15,
        lock_wait_seconds=1.6,
        publish_text_bytes=17,
    )
    assert Settings.from_env(wanted.to_env()) == wanted


def test_empty_means_unset() -> None:
    assert Settings.from_env({"BILATERAL_WORKERS": " ", "BILATERAL_RAW_DIR": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("workers", "many", "must be a whole number, not 'many'"),
        ("workers", "1.5", "must be a whole number"),
        ("workers", "0", "must be 1 or more"),
        ("lock_wait_seconds", "soon", "must be a number"),
        ("lock_wait_seconds", "nan", "must be 0 or more"),
        ("lock_wait_seconds", "-1", "must be 0 or more"),
        ("publish_text_bytes", "-1", "must be 0 or more"),
    ],
)
def test_what_cannot_be_used_is_told_by_name(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=variable(name)) as error:
        Settings.from_env({variable(name): value})
    assert told in str(error.value)


@pytest.mark.parametrize("data", ["raw", "raw/data", "other/../raw/x"])
def test_computed_files_stay_out_of_the_raw_folder(tmp_path: Path, data: str) -> None:
    with pytest.raises(SettingsError, match="inside"):
        Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / data)


def test_a_link_into_the_raw_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "raw")
    with pytest.raises(SettingsError, match="inside"):
        Settings(raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")


def test_the_home_sign_is_understood() -> None:
    assert Settings(raw_dir=Path("~/news")).raw_dir == Path.home() / "news"
