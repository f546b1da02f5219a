"""Everything that rules and files have to say can be said in Spanish, with what it is about."""

import ast
import errno
import os
import re
import string
import tomllib
from pathlib import Path

import pytest

from catalogue.check import library_run, run  # noqa: F401  (they register the rules)
from catalogue.check.library_rule import EPISODE_RULES, LIBRARY_RULES
from catalogue.check.rule import RULES, Finding, Level
from catalogue.domain.plan import Problem, Severity
from web.studio import sentences
from web.studio.words import studio_words_in

ROOT = Path(sentences.__file__).parents[2] / "catalogue"
# Where files of a library are read and compared: what is wrong there is in the report of an index.
READ = ("library/*.py", "library/notes/*.py", "library/imports/*.py", "formats/*/*.py", "formats/*.py")
# What is fetched from elsewhere, and what pages ask for that goes on behind them.
READ += (
    "outside/*.py",
    "feed_reading.py",
    "sandbox/answers.py",
    "actions/shows/*.py",
    "actions/cues/*.py",
    "actions/chapters/*.py",
)
# Other ways to a code: what is said at the terminal alone, or of a deed that is no reading.
NOT_READ = ("calendars/moments.py", "calendars/properties.py", "tag_writing.py", "squaring.py", "templates.py")
NOT_READ += ("new_names.py", "people_archive.py", "conditions.py", "webhooks.py", "outside/guard.py")
INDEXED = "changes cut_short damage each_show facts gate gone_shows guard identities leases listing lost missing"
INDEXED += " page_references lease_words planning reading strangers twins walk writing catalogue_toml older_ledger"
# Deeds that pages of the studio ask for; the sentences of some are in its own words.
DEEDS = (
    "attaching editing note_editing note_writing revise unpublish withdraw scheduling claim show_editing show_settings"
)
DEEDS += " upload_episode uploads add previews members show_plan giving_audio covering note_patching named foreseen"
DEEDS += " show_changes show_tasks own_audio moving_out foreign_feeds importing import_planning import_sources"
DEEDS += " import_files archives"
DEEDS += " discarding"
DEEDS += " directories show_settings handing_over episode_editing note_form note_checking runs new_note"
# Rooms all of whose deeds pages ask for.
ROOMS = ("accounts", "chapters", "cues", "errands", "history", "loudness", "shows")
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SPANISH = studio_words_in("es")
# How httpcore says that a connection ended.
LIBRARY = "server disconnected without sending a response"


def places(sentence):
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


def modules():
    found = [path for pattern in READ for path in ROOT.glob(pattern)]
    found += [ROOT / "actions" / f"{name}.py" for name in f"{INDEXED} {DEEDS}".split()]
    found += [path for room in ROOMS for path in (ROOT / "actions" / room).glob("*.py")]
    return sorted(path for path in set(found) if not str(path).endswith(NOT_READ))


def text_of(node, names):
    """The text that stands in the source; of what is put together, nothing."""
    node = names.get(node.id, node) if isinstance(node, ast.Name) else node
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def stated(path):
    """Each code with the places of its sentence, where both stand in one call."""
    tree = ast.parse(path.read_text("utf-8"))
    given = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
    given.sort(key=lambda node: node.lineno)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        names = {node.targets[0].id: node.value for node in given if node.lineno <= call.lineno}
        keywords = {one.arg: one.value for one in call.keywords if one.arg}
        coded = keywords.get("code") or (call.args[0] if call.args else None)
        told = keywords.get("message") or (call.args[1] if len(call.args) > 1 else None)
        code = text_of(coded, names) if coded is not None else None
        if code is None or told is None or not CODE.fullmatch(code):
            continue
        if "code" in keywords:
            yield code, frozenset()
        elif (template := text_of(told, names)) and " " in template:
            yield code, frozenset(places(template) | set(keywords))


CODES = {}
for _path in modules():
    for _code, _places in stated(_path):
        CODES.setdefault(_code, []).append((_path.name, _places))


def spanish(code):
    own = [SPANISH.sentences[key] for key in (f"fault_{code}", code) if key in SPANISH]
    return sentences._read("es", "problems").get(code) or next(iter(own), None)


def test_many_codes_are_found():
    assert len(CODES) > 100


@pytest.mark.parametrize("code", sorted(CODES))
def test_what_is_read_can_be_said_in_spanish_with_the_places_that_it_has(code):
    said = spanish(code)
    assert said, (code, CODES[code])
    assert [one for one in CODES[code] if not places(said) <= one[1]] == [], said


@pytest.mark.parametrize("rule", sorted({**RULES, **LIBRARY_RULES, **EPISODE_RULES}))
def test_every_rule_has_what_it_demands_and_the_mend_in_spanish(rule):
    finding = Finding(rule=rule, level=Level.ERROR, message="m", where="w", value="9 < 10")
    said = sentences.finding_in(finding, "es")
    assert said.count(". ") >= 2 and "«9 < 10»" in said


def test_no_sentence_is_for_nothing():
    rules = {**RULES, **LIBRARY_RULES, **EPISODE_RULES}
    assert set(sentences._read("es", "rules")) <= set(rules)
    source = "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    made = ("held-", "double-", "second-")
    own = sentences._read("es", "problems")
    assert [code for code in own if f'"{code}"' not in source and not code.startswith(made)] == []


def test_what_other_machines_and_feeds_do_wrong_can_be_said_in_spanish():
    sources = (*ROOT.glob("outside/*.py"), ROOT / "feed_reading.py")
    codes = {code for path in sources for code in re.findall(r'"((?:outside|feed)-[a-z-]+)"', path.read_text("utf-8"))}
    assert len(codes) > 25
    assert [code for code in sorted(codes) if not spanish(code)] == []


def test_reasons_are_those_of_this_system_or_of_our_own_files():
    source = "\n".join(path.read_text("utf-8").casefold() for path in ROOT.rglob("*.py"))
    system = {os.strerror(number).casefold() for number in errno.errorcode} | {LIBRARY}
    reasons = sentences._read("es", "reasons")
    assert [one for one in reasons if one not in system and one not in source] == []


def test_a_reason_inside_a_sentence_is_said_in_the_same_language():
    said = sentences.sentence_of("not-written", {"why": os.strerror(errno.EACCES)}, "es")
    assert said == "No se puede escribir: no hay permiso."
    problem = Problem(severity=Severity.ERROR, code="no-title", path="one/episode.md", line=3, message="No title")
    said = sentences.sentence_of("not-indexed", {"why": problem}, "es")
    assert said.endswith("ven lo que veían: one/episode.md, línea 3: El título está vacío.")
    said = sentences.sentence_of("not-taken", {"why": "No title", "problems": (problem,)}, "es")
    assert said.endswith("no podría seguirlo: El título está vacío.")


def test_a_reason_that_nobody_knows_is_left_as_it_is():
    assert sentences.sentence_of("not-written", {"why": "odd"}, "es") == "No se puede escribir: odd."
    assert sentences.reason_in("odd", "es") is None


def test_a_problem_is_said_with_its_place_and_what_it_is_about():
    problem = Problem(
        severity=Severity.ERROR,
        code="colour",
        path="show.toml",
        line=3,
        message="`accent` is no colour",
        said=(("text", "rosa"),),
    )
    said = sentences.problem_in(problem, "es")
    assert said.startswith("show.toml, línea 3: No es un color: «rosa».")
    assert sentences.problem_in(problem, "en") is None


def test_what_an_older_version_kept_without_its_places_is_left_as_it_is():
    problem = Problem(severity=Severity.ERROR, code="colour", path="show.toml", message="`accent` is no colour")
    assert sentences.problem_in(problem, "es") is None


def test_sentences_have_no_doubled_keys_and_no_blank_ends():
    for path in (one for one in sentences.FOLDER.glob("*/*.toml") if one.name != "reasons.toml"):
        for key, said in tomllib.loads(path.read_text("utf-8")).items():
            for one in said.values() if isinstance(said, dict) else (said,):
                assert one == one.strip() and one[-1] in ".:}»…?", (path.name, key)
