from pathlib import Path

import pytest

from api.settings import read_settings
from ontology.errors import BadSetting


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("STORE", "CURRENCY", "CONFIG", "HOURS_PER_WEEK", "HOUR_VALUE", "RUBRIC", "POLL_SECONDS", "DEBUG"):
        monkeypatch.delenv(f"CREDPATH_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_store_stands_in_the_users_data_folder_and_its_index_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.settings.data_folder", lambda: Path("/somewhere/credpath"))
    settings = read_settings()
    assert settings.store == "oxigraph:/somewhere/credpath/store"
    assert settings.index_folder == Path("/somewhere/credpath/store-index")
    assert (settings.currency, settings.hours_per_week, settings.hour_value) == ("GBP", 5, 25)


def test_an_option_wins_over_a_variable_and_a_variable_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("credpath.toml").write_text('store = "oxigraph:./file"\ncurrency = "EUR"\nhours_per_week = 3\n')
    assert read_settings().store == "oxigraph:./file"
    monkeypatch.setenv("CREDPATH_STORE", "oxigraph:./variable")
    assert read_settings().store == "oxigraph:./variable"
    assert read_settings("memory:").store == "memory:"
    assert (read_settings().currency, read_settings().hours_per_week) == ("EUR", 3)


def test_a_store_in_memory_has_no_folder_for_its_index() -> None:
    assert read_settings("memory:").index_folder is None


def test_a_store_in_the_folder_where_one_stands_has_its_index_beside_that_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "mine")
    assert read_settings("oxigraph:.").index_folder == tmp_path / "mine-index"
    monkeypatch.chdir(tmp_path / "mine" / "deep")
    assert read_settings("oxigraph:..").index_folder == tmp_path / "mine-index"
    monkeypatch.setattr("api.settings.data_folder", lambda: Path("/somewhere/credpath"))
    assert read_settings("oxigraph:/").index_folder == Path("/somewhere/credpath/index-8a5edab282632443")


def test_a_setting_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDPATH_CURRENCY", "QQQ")
    with pytest.raises(BadSetting, match="the setting currency cannot be used: 'QQQ' is no code of a currency"):
        read_settings()
    monkeypatch.setenv("CREDPATH_CURRENCY", "pounds")
    with pytest.raises(BadSetting, match="the setting currency cannot be used: 'pounds' is no code of a currency"):
        read_settings()
    monkeypatch.setenv("CREDPATH_CURRENCY", "GBP")
    for name, value in (
        ("poll_seconds", "0"),
        ("hours_per_week", "-1"),
        ("hours_per_week", "nan"),
        ("hour_value", "inf"),
    ):
        with monkeypatch.context() as only:
            only.setenv(f"CREDPATH_{name.upper()}", value)
            with pytest.raises(BadSetting, match=name):
                read_settings()


def test_a_settings_file_that_is_named_must_be_there_and_be_toml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDPATH_CONFIG", "gone.toml")
    with pytest.raises(BadSetting, match=r"there is no file gone\.toml"):
        read_settings()
    Path("bad.toml").write_text("store = ")
    monkeypatch.setenv("CREDPATH_CONFIG", "bad.toml")
    with pytest.raises(BadSetting, match=r"bad\.toml"):
        read_settings()


def test_a_password_that_cannot_be_used_is_not_told() -> None:
    Path("credpath.toml").write_text("store_password = 12345678\n")
    with pytest.raises(BadSetting, match="the setting store_password cannot be used") as refused:
        read_settings()
    assert "12345678" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(("line", "meant"), [("hours_per_weak = 3", "hours_per_week"), ('stor = "memory:"', "store")])
def test_a_misspelt_key_is_refused_with_the_file_and_the_nearest_name(line: str, meant: str) -> None:
    Path("credpath.toml").write_text(f'currency = "EUR"\n{line}\n')
    with pytest.raises(BadSetting) as refused:
        read_settings()
    assert str(refused.value) == (
        f"the setting {line.partition(' ')[0]} cannot be used: credpath.toml has it, and there is no such setting; "
        f"expected '{meant}' (did you mistype it?)"
    )


def test_a_variable_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("credpath.toml").write_text('store = "oxigraph:./file"\n')
    for name in ("STORE", "CURRENCY", "HOURS_PER_WEEK", "CONFIG", "STORE_PASSWORD"):
        monkeypatch.setenv(f"CREDPATH_{name}", "")
    settings = read_settings()
    assert (settings.store, settings.currency, settings.hours_per_week) == ("oxigraph:./file", "GBP", 5)
    assert settings.access.password is None
