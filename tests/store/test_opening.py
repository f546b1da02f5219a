"""Opening the index: tables appear by themselves, and whatever is in the way is said with its mend."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from catalogue.errors import StoreError
from catalogue.store.index import open_index
from catalogue.store.new_tables import tables_script
from catalogue.store.opening import newest_tables, open_engine, upgrade_tables
from catalogue.store.schema import METADATA
from catalogue.store.search_tables import SEARCH_METADATA


def test_a_new_database_gets_its_folder_and_its_tables(file):
    engine = open_engine(f"sqlite:///{file}")
    # An FTS5 table is five more.
    names = {name for name in inspect(engine).get_table_names() if not name.startswith("search_words")}
    assert names == {*METADATA.tables, *SEARCH_METADATA.tables, "alembic_version"}
    engine.dispose()


def test_migrations_make_what_the_schema_says(file):
    engine = open_engine(f"sqlite:///{file}")
    found = inspect(engine)
    for table in (*METADATA.sorted_tables, *SEARCH_METADATA.sorted_tables):
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
    engine.dispose()


def test_a_new_database_is_what_the_migrations_make_of_none(file):
    engines = open_engine(f"sqlite:///{file}"), create_engine("sqlite://")
    upgrade_tables(engines[1])
    scripts = []
    for engine in engines:
        with engine.connect() as connection:
            scripts.append(tables_script(connection))
        engine.dispose()
    assert scripts[0] == scripts[1], "run scripts/new_tables.py"


def test_an_older_database_is_brought_up_to_date(file):
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    open_index(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (newest_tables(),)
        assert connection.execute("SELECT count(*) FROM episodes").fetchone() == (0,)


def test_an_existing_database_is_opened_as_it_is(file):
    open_index(f"sqlite:///{file}").close()
    before = file.read_bytes()
    open_index(f"sqlite:///{file}").close()
    assert file.read_bytes() == before


def test_readers_and_a_writer_do_not_shut_one_another_out(sqlite_index, rival):
    assert rival.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_two_processes_may_open_a_new_database_at_once(file):
    failures = []

    def open_it():
        try:
            open_index(f"sqlite:///{file}").close()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(file):
    open_index(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer Castalogue.*Update this one, or index into a new --data") as caught:
        open_index(f"sqlite:///{file}")
    assert caught.value.code == "store-newer"
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_folder_that_cannot_be_made_is_named_with_the_mend(tmp_path):
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(StoreError, match=r"data/index.sqlite3 cannot be opened: .*set --data") as caught:
        open_index(f"sqlite:///{tmp_path}/data/index.sqlite3")
    assert caught.value.code == "store-open"


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path):
    file = tmp_path / "index.sqlite3"
    file.write_text("Shopping list. " * 100)
    with pytest.raises(StoreError, match="file is not a database"):
        open_index(f"sqlite:///{file}")
    assert file.read_text().startswith("Shopping list")


@pytest.mark.parametrize("url", ["nonsense", "paradox://somewhere/base"])
def test_an_address_that_leads_to_no_database_is_named(url):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_index(url)


def test_a_database_whose_driver_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg2", None)
    with pytest.raises(StoreError, match="psycopg2"):
        open_index("postgresql+psycopg2://localhost/castalogue")


def test_a_password_in_the_address_is_never_told():
    with pytest.raises(StoreError) as caught:
        open_index("paradox://somebody:open-sesame@db.example/base")
    assert "open-sesame" not in str(caught.value)
    assert "db.example/base" in str(caught.value)


def test_every_migration_is_named_after_its_revision():
    scripts = ScriptDirectory(str(resources.files("catalogue.store") / "migrations"))
    assert newest_tables() == scripts.get_current_head()
    assert all(Path(one.path).name.startswith(f"{one.revision}_") for one in scripts.walk_revisions())


def test_a_database_that_is_new_or_as_it_should_be_is_opened_without_alembic(file):
    program = f"import sys; from catalogue.store.index import open_index; open_index('sqlite:///{file}').close()"
    asked = f"{program}; sys.exit('alembic' in sys.modules)"
    codes = [subprocess.run([sys.executable, "-c", asked], check=False).returncode for _ in range(2)]
    assert codes == [0, 0]
