"""The wheel holds all that a library needs, and works outside the checkout."""

import subprocess
import sys
import zipfile

import pytest
from feed_addresses import items_of
from serving import ROOT, castalogue, serving
from sounds import write_mp3


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("wheel")


@pytest.fixture(scope="module")
def wheel(home):
    """The checkout, built."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", home / "dist", ROOT]
    done = subprocess.run(build, capture_output=True, timeout=120, check=False, cwd=home)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((home / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def installed(home, wheel):
    """The folder it is installed into, apart from the checkout."""
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        "--target",
        home / "site",
        wheel,
    ]
    subprocess.run(pip, capture_output=True, timeout=120, check=True, cwd=home)
    return home / "site"


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel):
    kept = {".py", ".html", ".css", ".js", ".svg", ".toml", ".mako"}
    files = [path for package in ("catalogue", "web") for path in (ROOT / package).rglob("*") if path.suffix in kept]
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert {path.relative_to(ROOT).as_posix() for path in files} <= packed
    assert {name.partition("/")[0] for name in packed} == {"catalogue", "web"}


def test_init_and_serve_work_from_the_wheel_alone(home, installed):
    done = castalogue(home, "init", "x", PYTHONPATH=str(installed))
    assert done.returncode == 0, done.stderr
    write_mp3(home / "x" / "Hello.mp3", title="Hello")
    with serving(home / "home", home / "x", "--no-watch", PYTHONPATH=str(installed)) as served:
        item = items_of(served.feed("x"))[0]
        page = served.ask(item.link.removeprefix(served.url))
        style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert (item.title, page.status, served.ask(style).status) == ("Hello", 200, 200)
        assert served.ask("/nothing/here/").status == 404


def test_it_is_the_installed_package_that_ran(home, installed):
    words = [sys.executable, "-c", "import catalogue, web; print(catalogue.__file__, web.__file__)"]
    done = subprocess.run(
        words, env={"PYTHONPATH": str(installed)}, cwd=home, capture_output=True, text=True, check=True
    )
    assert done.stdout.count(str(installed)) == 2
