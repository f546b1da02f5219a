"""The documents say of commands and settings what the code says, and nothing in them leads nowhere.

Keys of notes and shows, rules and addresses have tests of their own, beside those of their modules.
"""

import re
from pathlib import Path

import click
import pytest

from catalogue.cli.attaching import WithAttach
from catalogue.cli.headings import HEADINGS
from catalogue.cli.main import main
from catalogue.config import Settings
from catalogue.library.catalogue_file import CATALOGUE_KEYS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LEFT_OUT = {"build", "dist", "__pycache__"}
TEXT = {".md", ".py", ".toml", ".sh", ".html", ".css", ".js", ".txt", ".in", ".mako", ".cfg", ".yml", ".yaml"}
OPTION = re.compile(r"--[a-z][a-z-]*")
# What would tie the project to one machine, one registry or one workshop.
FOREIGN = re.compile(
    r"(?<![\w.<>])/(?:home|root|Users|work|workspace)/"
    r"|pypi\.org|pythonhosted\.org|deb\.debian\.org|registry\.npmjs\.org"
    r"|\bissues? #?\d|\bsub-?agents?\b|\blanguage models?\b"
)


def files(*suffixes):
    """All text of the project with these endings; nothing hidden, nothing built."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        is_ours = not any(part.startswith(".") or part in LEFT_OUT or part.endswith(".egg-info") for part in inside)
        if is_ours and path.is_file() and path.suffix in suffixes:
            yield path


def rows(text):
    """The cells of every table row below a heading row, without backticks around a whole cell."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not set(line) <= set("|- ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def sections(name, marks="##"):
    """Heading → text of a document cut at its `##`; what stands before the first is under an empty heading."""
    parts = re.split(rf"^{marks} (.+)$", (DOCS / name).read_text("utf-8"), flags=re.MULTILINE)
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def options_of(command):
    params = [*command.params, *(command.attach.params if isinstance(command, WithAttach) else ())]
    own = {name for param in params if isinstance(param, click.Option) for name in param.opts}
    return {name for name in own if name.startswith("--")}


COMMON = set.intersection(*map(options_of, main.commands.values()))


def test_every_command_has_its_section_and_no_other():
    assert list(sections("commands.md", "###"))[1:] == list(main.commands)


def test_commands_are_documented_under_the_headings_of_the_help():
    headed = {
        title: re.findall(r"^### (.+)$", text, re.MULTILINE) for title, text in sections("commands.md").items() if title
    }
    assert headed == {heading.title: [row.name for row in heading.rows] for heading in HEADINGS}


@pytest.mark.parametrize("name", main.commands)
def test_a_command_is_documented_with_all_its_options_and_no_other(name):
    documented = {OPTION.search(row[0])[0] for row in rows(sections("commands.md", "###")[name]) if "--" in row[0]}

    assert documented == options_of(main.commands[name]) - COMMON


def test_the_options_of_every_command_are_documented_once():
    documented = {OPTION.search(row[0])[0] for row in rows(sections("commands.md", "###")[""]) if "--" in row[0]}

    assert documented == COMMON | {"--help"}


def test_the_arguments_of_a_command_are_in_its_first_line():
    for name, command in main.commands.items():
        first = sections("commands.md", "###")[name].strip().partition("`")[2].partition("`")[0].split()
        expected = [p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)]
        assert first[:2] == ["castalogue", name]
        assert [word.strip("[]") for word in first[2:]] == [word.strip("[]") for word in expected]


def test_every_setting_is_documented_with_its_meaning_and_no_other():
    documented = {row[0].strip("`"): row for row in rows(sections("configuration.md")[""]) if row[0] != "Name"}

    assert list(documented) == list(Settings.model_fields)
    assert {name: row[3] for name, row in documented.items()} == {
        name: field.description for name, field in Settings.model_fields.items()
    }


def test_every_key_of_the_librarys_own_file_is_documented_and_no_other():
    documented = [row[0].strip("`") for row in rows(sections("configuration.md")["The library: `catalogue.toml`"])]

    assert documented == ["Key", *CATALOGUE_KEYS]


def test_a_setting_is_read_from_the_variable_documented(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    values = {
        "port": "8123",
        "threads": "3",
        "workers": "2",
        "largest_upload_mb": "4096",
        "audio_help": "False",
        "settle_seconds": "1.5",
        "base_url": "https://example.org",
        "x_accel_redirect": "/_castalogue",
        "websub_hub": "https://hub.example/",
        "podping_relay": "https://relay.example/?a=b",
        "webhook_url": "https://hook.example/path",
    }
    for name, variable, *_ in rows(sections("configuration.md")[""])[1:]:
        value = values.get(name.strip("`"), "somewhere")
        monkeypatch.setenv(variable.strip("`"), value)
        assert str(getattr(Settings(), name.strip("`"))) == value


def test_a_stated_default_is_the_default():
    for row in rows(sections("configuration.md")[""])[1:]:
        if row[2].startswith("`"):
            assert row[2].strip("`") == str(Settings.model_fields[row[0].strip("`")].default)


@pytest.mark.parametrize("document", [*files(".md")], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_to_a_file_leads_to_one(document):
    text = re.sub(r"^```.*?^```", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    relative = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]

    assert [target for target in relative if not (document.parent / target).exists()] == []


def test_every_command_that_a_document_shows_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in files(".md"):
        text = document.read_text("utf-8")
        assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= targets, document
        commands = set(re.findall(r"(?:^|`|bin/)castalogue ([a-z][a-z-]+)", text, re.MULTILINE))
        assert commands <= set(main.commands), document


def test_every_command_that_a_message_recommends_exists():
    for module in files(".py"):
        recommended = re.findall(
            r"(?:[Rr]un|[Ss]ay|[Ss]ee|is|or|Next):? castalogue ([a-z][a-z-]+)", module.read_text("utf-8")
        )
        assert set(recommended) <= set(main.commands), module


def test_the_readme_opens_with_the_two_commands():
    first_screen = (ROOT / "README.md").read_text("utf-8").partition("\n## ")[0]

    assert re.findall(r"^make (\w+)", first_screen, re.MULTILINE) == ["run", "test"]


def test_nothing_ties_the_project_to_one_machine_or_one_registry():
    texts = [*files(*TEXT), ROOT / "Makefile", ROOT / ".ci" / "run"]
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in texts
        if path != Path(__file__)
        for line in path.read_text("utf-8", "replace").splitlines()
        if FOREIGN.search(line)
    ]
    assert found == []


def test_every_room_states_its_rule():
    rooms = [folder for top in ("catalogue", "web") for folder in (ROOT / top, *(ROOT / top).iterdir())]
    packages = [folder for folder in rooms if (folder / "__init__.py").is_file()]

    assert [folder.name for folder in packages if not (folder / "README.md").is_file()] == []
