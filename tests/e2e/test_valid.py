"""HTML and CSS of every kind of page, read by the checker of the W3C."""

import json
import subprocess

import pytest
from serving import ROOT

pytestmark = pytest.mark.vnu
JAR = ROOT / ".parts/vnu/node_modules/vnu-jar/build/dist/vnu.jar"

# A short life: no second compiler, no threads that collect.
QUICK = ("-Xss1m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Markdown's footnotes stand so in feeds too, and need no heading: a line parts them from the notes.
MEANT = ("Section lacks heading",)


def told(folder, *options):
    """What vnu says of the files of a folder, in one process of Java."""
    command = ["java", *QUICK, "-jar", JAR, "--stdout", "--exit-zero-always", "--format", "json", *options, folder]
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=240, check=True)
    messages = json.loads(done.stdout)["messages"]
    found = [one for one in messages if not (one["message"].startswith(MEANT) and "footnotes" in one["extract"])]
    return {(one["message"], one["url"].rpartition("/")[2], one.get("extract", "")[:160]) for one in found}


@pytest.fixture(scope="module")
def messages(kinds, rare_kinds, tmp_path_factory):
    """All that vnu says of one page of each kind and of the style sheet."""
    folder = tmp_path_factory.mktemp("pages")
    for kind in (*kinds, *rare_kinds):
        (folder / f"{kind.name}.html").write_text(kind.body, encoding="utf-8")
    (folder / "site.css").write_bytes(b"\n".join(p.read_bytes() for p in sorted(ROOT.glob("web/static/style/*.css"))))
    (folder / "wrong.css").write_text("p { colour: red }", encoding="utf-8")
    (folder / "wrong.html").write_text("<!doctype html><title>x</title><p><div></p>", encoding="utf-8")
    return told(folder, "--also-check-css")


def test_vnu_reads_and_finds_what_is_wrong(messages):
    assert {"wrong.html", "wrong.css"} <= {page for _, page, _ in messages}


def test_every_kind_of_page_is_valid(messages):
    assert {one for one in messages if one[1].endswith(".html") and one[1] != "wrong.html"} == set()


def test_the_style_sheet_is_valid(messages):
    assert {one for one in messages if one[1] == "site.css"} == set()
