"""What style and script may use: all of it must be read by Safari 12 and Chrome 70, and weigh little."""

import gzip
import re

import pytest

from web.assets import FOLDER, STYLE, read_assets

# What came after Safari 12 or Chrome 70 (caniuse.com), and would lose what is written with it.
CSS_TOO_NEW = {
    ":is()": r":is\(",
    ":where()": r":where\(",
    ":has()": r":has\(",
    "gap outside of grids": r"(?<![-\w])(?:row-)?gap\s*:",
    "aspect-ratio": r"aspect-ratio\s*:",
    "inset": r"(?<![-\w])inset(?:-\w+)*\s*:",
    "min(), max(), clamp()": r"(?<![-\w])(?:min|max|clamp)\(",
    "@layer": r"@layer",
    "@container": r"@container",
    "@supports selector()": r"selector\(",
    "nested rules": r"(?m)^\s*&|\{[^{}@]*\{",
    "ranges in media queries": r"@media[^{]*[<>]",
    "places by logic": r"(?:margin|padding|border)-(?:block|inline)(?:-\w+)?\s*:",
    "newer units": r"\d(?:dvh|svh|lvh|cqw|rlh)\b",
    "newer colours": r"(?:color-mix|oklch|light-dark)\(",
    "content-visibility": r"content-visibility\s*:",
}
# A module that does not parse is left out as a whole: then there are the browser's own player and links alone.
JS_TOO_NEW = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish values": r"\?\?",
    "private fields": r"(?:this|\w)\.#\w",
    "await outside of functions": r"(?m)^await ",
    "import()": r"(?<![\w.])import\(",
    "replaceAll, at, flatMap": r"\.(?:replaceAll|at|flatMap|flat|matchAll)\(",
    "newer globals": r"(?<![\w.])(?:globalThis|structuredClone|queueMicrotask)\b",
    "allSettled, any": r"Promise\.(?:allSettled|any)\(",
    "fromEntries": r"Object\.fromEntries\(",
    "numbers with lines": r"\d_\d",
}
LIGHT_BYTES = 14_000
OURS = {name: asset.body for name, asset in read_assets().files.items() if (FOLDER / name).exists() or name == STYLE}
WRITTEN = {name: body for name, body in OURS.items() if name.endswith((".css", ".js"))}


def plain(text):
    """Without what is between /* and */, or after //."""
    return re.sub(r"/\*.*?\*/|(?m:^\s*//.*$|\s// .*$)", "", text, flags=re.DOTALL)


def found(text, table):
    return [name for name, pattern in table.items() if re.search(pattern, text)]


def test_style_uses_what_old_browsers_know():
    # Only rules stand within @media: there, one level of braces is taken off.
    style = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", plain(OURS[STYLE].decode()))
    ranges = {"ranges in media queries": CSS_TOO_NEW["ranges in media queries"]}
    assert found(style, CSS_TOO_NEW) + found(plain(OURS[STYLE].decode()), ranges) == []


def test_script_uses_what_old_browsers_know():
    scripts = {name: plain(body.decode()) for name, body in WRITTEN.items() if name.endswith(".js")}
    assert {name: found(text, JS_TOO_NEW) for name, text in scripts.items()} == {name: [] for name in scripts}


@pytest.mark.parametrize("rule", ["p { gap: 1px }", "a:is(b) {}", "p { width: min(1px, 2px) }", "a { b { c: d } }"])
def test_a_rule_that_is_too_new_is_found(rule):
    assert found(rule, CSS_TOO_NEW)


@pytest.mark.parametrize("line", ["a?.b", "a ?? b", "x.at(1)", "await 1"])
def test_a_word_of_script_that_is_too_new_is_found(line):
    assert found(line, JS_TOO_NEW)


def test_style_with_a_sign_for_ears_has_one_without_before_it():
    alone = re.findall(r"content:([^;}]+)/ \"\"", OURS[STYLE].decode())
    assert len(alone) == OURS[STYLE].decode().count('/ ""')
    for sign in alone:
        assert f"content:{sign.rstrip()};" in OURS[STYLE].decode()


def test_style_and_script_weigh_little_together():
    public = {name: body for name, body in WRITTEN.items() if not read_assets().files[name].is_for_studio}
    weights = {name: len(gzip.compress(body, 9)) for name, body in public.items()}
    assert STYLE in weights and len(weights) > 5
    assert sum(weights.values()) <= LIGHT_BYTES, weights
