"""What the sample has no page of: long lists, seasons, tags, withdrawn episodes, titles from right to left.

Three shows without a byte of audio: their notes name files elsewhere. `RARE` says where each kind of page lies.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit

from page_kinds import Kind
from serving import Served, castalogue

LONG, ARABIC, JAPANESE = "after-the-diagnosis", "ahadith", "taiwa"
RICH, WITHDRAWN, ENDLESS = "what-helped", "taken-back", "a-very-long-title"
# Kind → its address without a language; what answers something else than 200 is in STATUS.
RARE = {
    "catalogue of several shows": "/",
    "show with a drawn picture": f"/{LONG}/",
    "second page of a show": f"/{LONG}/page/2/",
    "season": f"/{LONG}/season/1/",
    "second page of a season": f"/{LONG}/season/1/page/2/",
    "season subscribe": f"/{LONG}/feeds/season/2/",
    "corrections": f"/{LONG}/corrections/",
    "episode with an overdue review": f"/{LONG}/{RICH}/",
    "episode in a language of its own": f"/{LONG}/{RICH}/ar/",
    "embed with a warning": f"/embed/{LONG}/{RICH}/",
    "endless title": f"/{LONG}/{ENDLESS}/",
    "withdrawn": f"/{LONG}/{WITHDRAWN}/",
    "withdrawn embed": f"/embed/{LONG}/{WITHDRAWN}/",
    "show from right to left": f"/{ARABIC}/",
    "episode from right to left": f"/{ARABIC}/one/",
    "transcript from right to left": f"/{ARABIC}/one/transcript/",
    "show with a broken picture": f"/{JAPANESE}/",
    "episode in Japanese": f"/{JAPANESE}/one/",
    "tag": "/topics/talking-about-it/",
    "plain page": "/pages/how-we-work/",
    "person with a note": "/people/ana/",
    "search with many hits": "/search/?q=talking",
    "second page of a search": "/search/?q=talking&page=2",
    "search with a suggestion": "/search/?q=diagnosys",
    "narrowed search": f"/search/?q=talking&show={LONG}&year=2021",
    "search from right to left": f"/search/?q={quote('الدعم')}",
}
# The picture that is none is an error; the rest is indexed.
NAMED = 1
# Those that are made unlike any page of the sample.
UNLIKE = (
    *("catalogue of several shows", "second page of a show", "season", "tag", "plain page", "narrowed search"),
    *("endless title", "episode in a language of its own", "withdrawn", "withdrawn embed"),
)
STATUS = {"withdrawn": 410, "withdrawn embed": 410, "revoked member": 410}

CATALOGUE = 'title = "Talks that help"\nlanguages = ["en", "es"]\n'
SHOW = """title = "{title}"
slug = "{slug}"
description = "{description}"
author = "Castalogue"
language = "{language}"
timezone = "UTC"
disclaimer = "This is no medical advice."
people = [{{ name = "Ana", role = "host" }}]

[[support]]
name = "A helpline"
what = "Nurses who listen, day and night"
tel = "+1 555 0100"
url = "https://example.org/help"
"""
ENCLOSURE = "enclosure: {{url: 'https://media.example/{}.mp3', length: 1000, type: audio/mpeg, duration: '48:00'}}\n"
SIMPLE = "Talking about it: how the week went, and who helped.\n"
RICH_FRONT = """title: What helped after the diagnosis
number: 40
season: {number: 2, name: Living well}
content_warning: a diagnosis, and fear of death
tags: [talking about it, living well]
people: [Ana, {name: Bea, role: guest}]
reviewed: 2018-05
next_review: 2019-05
reviewed_by: a specialist nurse
sources: [{title: A study of 2018, url: 'https://example.org/study'}, {title: A book of 2011}]
corrections: [{on: 2021-10-06, text: The number is 5 %.}, {on: 2021-10-08, text: The group meets on Tuesdays.}]
chapters: ["0:00 Hello", "4:12 The first weeks", "11:30 A word for couples"]
"""
RICH_NOTES = """Talking about it, from the first day on. The hardest part begins at 4:12.[^1]

## What you will hear

- How the first weeks went (11:30)
- A [list](https://example.org/list) of `words`

### And what you will not

| Word | What it means |
|------|---------------|
| Metastatic | The cancer has spread to other parts of the body |

## To quote

> It can be treated, not cured.

```
a line of text that is much longer than any telephone is wide, and that nobody has broken for you
```

[^1]: A footnote.
"""
CUES = """WEBVTT

00:00:00.000 --> 00:00:20.000
<v {one}>{first}

00:00:20.000 --> 00:00:50.000
<v {two}>{second}
"""
WORDS = {
    "one": "Ana",
    "two": "Bea",
    "first": "We begin.",
    "second": "Talking about it was the first thing that helped.",
}
WORDS_ES = {"one": "Ana", "two": "Bea", "first": "Empezamos.", "second": "Hablar de ello fue lo primero que ayudó."}
WORDS_AR = {"one": "آنا", "two": "بيا", "first": "نبدأ الآن.", "second": "الدعم من الأصدقاء كان أول ما ساعد."}
NOTE_AR = "حديث عن الأسابيع الأولى بعد التشخيص، وعن الدعم الذي جاء من الأصدقاء.\n\n## ما ستسمعونه\n\n- البداية (0:20)\n"
NOTE_JA = "診断のあと、最初の数週間について話します。\n\n## この回の内容\n\n- はじまり（0:20）\n"


def write_rare_library(root: Path) -> Path:
    """Write the three shows, a plain page and a note about somebody."""
    _write(root / "catalogue.toml", CATALOGUE)
    _write(root / "pages/how-we-work.md", f"---\ntitle: How we work\nreviewed: 2018-05\n---\n{RICH_NOTES}")
    _write(
        root / "pages/how-we-work.es.md",
        "---\ntitle: Cómo trabajamos\n---\nEscuchamos primero.\n\n## Y después\n\nEscribimos.\n",
    )
    _write(root / "people/ana.md", "---\nname: Ana\nurl: https://example.org/ana\n---\nShe asks the questions.\n")
    _write_long(root / LONG)
    _write_show(root / ARABIC, title="أحاديث بعد التشخيص", language="ar")
    _episode(root / ARABIC, "one", "title: الأسابيع الأولى بعد التشخيص\ncontent_warning: الخوف\n", NOTE_AR)
    _write(root / ARABIC / "one.vtt", CUES.format(**WORDS_AR))
    _write_show(root / JAPANESE, title="診断のあとの対話", language="ja")
    _write(root / JAPANESE / "artwork.jpg", "This is no picture.")
    _episode(root / JAPANESE, "one", f"title: {'診断のあと、最初の数週間に助けになったこと、' * 4}\n", NOTE_JA)
    return root


def withdraw_one(home: Path, library: Path) -> None:
    """Index the library into `home/index`, then take an episode back for good."""
    for words in (("index",), ("withdraw", WITHDRAWN, "--yes")):
        done = castalogue(home, *words, "--library", library, "--data", home / "index")
        assert done.returncode == NAMED, done.stderr.decode()


def find_rare(served: Served) -> tuple[Kind, ...]:
    """Every kind of page of `RARE` in both languages, in order of their names; each must be there."""
    return tuple(
        _kind(served, name, language, path if language == "en" else f"/es{path}")
        for name, path in sorted(RARE.items())
        for language in ("en", "es")
        if not (language == "es" and path.startswith("/embed/"))
    )


def find_private(served: Served) -> tuple[Kind, ...]:
    """The page of a member, in both languages, and that of one whose address was taken back."""
    member, gone = (_new_member(served, name) for name in ("Ana", "Bea"))
    _members(served, "revoke", "2")
    return tuple(
        _kind(served, name, language, path if language == "en" else f"/es{path}")
        for name, path in (("member", member), ("revoked member", gone))
        for language in ("en", "es")
    )


def _new_member(served: Served, name: str) -> str:
    return urlsplit(_members(served, "add", name)).path


def _members(served: Served, *words: str) -> str:
    where = ("--show", LONG, "--library", served.library, "--data", served.home / "index")
    done = castalogue(served.home, "members", *words, *where)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def _kind(served: Served, name: str, language: str, path: str) -> Kind:
    answer = served.ask(path)
    assert answer.status == STATUS.get(name, 200), (name, path, answer.status, answer.headers)
    return Kind(pattern=name, language=language, path=path, body=answer.text)


def _write_long(show: Path) -> None:
    """Thirty-four simple episodes in two seasons, and three that are not."""
    _write_show(show, title="After the diagnosis", language="en")
    for number in range(1, 35):
        season = "{number: 1, name: The first year}" if number < 32 else "2"
        front = (
            f"title: Talking about it, part {number}\nnumber: {number}\nseason: {season}\ntags: [talking about it]\n"
        )
        _episode(show, f"{number:02}", front, SIMPLE, day=number)
    _episode(show, RICH, RICH_FRONT, RICH_NOTES, day=40)
    _write(
        show / f"{RICH}.es.md",
        f"---\ntitle: Lo que ayudó\ncontent_warning: un diagnóstico\n---\n{WORDS_ES['second']}\n",
    )
    _write(show / f"{RICH}.ar.md", f"---\ntitle: ما ساعد بعد التشخيص\n---\n{NOTE_AR}")
    _write(show / f"{RICH}.vtt", CUES.format(**WORDS))
    _write(show / f"{RICH}.es.vtt", CUES.format(**WORDS_ES))
    _episode(
        show, ENDLESS, f"title: {'Verylongwordswithoutanyblank' * 4} {'and many more of them ' * 9}\n", SIMPLE, day=41
    )
    _episode(show, WITHDRAWN, "title: Taken back\n", SIMPLE, day=42)
    _episode(show, "closed", "title: Among ourselves\naudience: members\nsummary: For members.\n", SIMPLE, day=43)


def _write_show(folder: Path, *, title: str, language: str) -> None:
    text = SHOW.format(title=title, slug=folder.name, description=f"{title}.", language=language)
    _write(folder / "show.toml", text)


def _episode(show: Path, name: str, front: str, notes: str, *, day: int = 1) -> None:
    published = f"published: 2021-{1 + day // 28:02}-{1 + day % 28:02}\n"
    enclosure = ENCLOSURE.format(f"{show.name}/{name}")
    _write(show / f"{name}.md", f"---\n{published}{front}{enclosure}---\n{notes}")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
