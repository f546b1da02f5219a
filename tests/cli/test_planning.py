"""`plan` as somebody types it."""

import json
import re
import shutil

from catalogue.actions.effects import Effect
from catalogue.cli.plan_report import HEADINGS, HELD


def test_plan_is_data_and_changes_nothing(terminal):
    terminal.sound("one.mp3", title="One")
    done = terminal.type("plan")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Conversations: new show\n  Apps show as new (1):\n    + One (")
    assert not (terminal.library / "ledger.jsonl").exists()


def test_plan_as_json_has_what_index_has_and_the_effects(terminal):
    terminal.sound("one.mp3", title="One")
    found = json.loads(terminal.type("plan", "--json").stdout)
    assert found["counts"]["new"] == 1
    assert [one["effects"] for one in found["episodes"]] == [["new"]]
    assert found["shows"][0]["feed"] == "http://127.0.0.1:8000/conversations/feed.xml"
    assert "diff" not in found["shows"][0]


def test_plan_that_changes_nothing_says_so(terminal):
    terminal.sound("one.mp3")
    terminal.type("index")
    assert terminal.type("plan").stdout.splitlines()[0] == "Conversations: nothing changes"
    assert terminal.type("plan", "--diff").stdout == ""


def test_the_diff_is_data_and_what_is_wrong_a_message(terminal):
    terminal.sound("one.mp3", title="One")
    terminal.type("index")
    terminal.sound("one.mp3", title="Better")
    terminal.write("page.mp3", "<html>")
    done = terminal.type("plan", "--diff", "--base-url", "https://pods.example")
    assert done.exit_code == 1
    assert "\n-<title>One</title>\n" in done.stdout
    assert "\n+<title>Better</title>\n" in done.stdout
    assert "page.mp3" not in done.stdout
    assert "page.mp3" in done.stderr


def test_the_diff_is_in_the_json_too(terminal):
    terminal.sound("one.mp3", title="One")
    found = json.loads(terminal.type("plan", "--diff", "--json").stdout)
    assert found["shows"][0]["diff"].startswith("--- /dev/null\n")


def test_plan_ends_with_1_where_something_would_be_left_out(terminal):
    terminal.write("page.mp3", "<html>")
    assert terminal.type("plan").exit_code == 1


def test_what_is_held_is_told_once_under_the_nearest_show(terminal):
    terminal.write("inner/show.toml", 'title = "Conversations"\nslug = "inner"\n')
    terminal.sound("inner/one/audio.mp3", seed=1)
    terminal.sound("two.mp3", seed=2)
    terminal.type("index")
    shutil.copytree(terminal.library / "inner" / "one", terminal.library / "inner" / "again")
    said = terminal.type("plan").stdout
    assert said.count("It has the same sound as") == 1
    assert "Conversations: 1 held\n  Held until you say what is meant (1):\n    ? inner/again" in said


def test_plan_of_a_folder_without_a_show_says_what_to_do(terminal):
    (terminal.library / "show.toml").unlink()
    assert "castalogue init" in terminal.type("plan").stdout


def test_every_effect_has_its_heading_and_is_documented(root):
    document = (root / "docs" / "plan.md").read_text("utf-8")
    assert [*HEADINGS, "held"] == sorted((one.value for one in Effect), key=[*HEADINGS, "held"].index)
    assert [heading for _, heading in HEADINGS.values() if f"| {heading} |" not in document] == []
    assert f"| {HELD} |" in document
    assert [one.value for one in Effect if f"`{one.value}`" not in document] == []


def test_what_the_document_shows_was_said(root):
    said = "".join((root / "tests" / "data" / "plan" / name).read_text("utf-8") for name in ("plan.txt", "plan.diff"))
    blocks = re.findall(r"^```\n(.*?)^```", (root / "docs" / "plan.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    assert [line for block in blocks for line in block.splitlines() if f"{line}\n" not in said] == []
