"""What the commands are listed under: for each a line, and an example of how it is typed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A command by its name, what it does in one line, and what somebody types who means it."""

    name: str
    line: str
    example: str


@dataclass(frozen=True)
class Heading:
    """Some commands under a title, the most needed first."""

    title: str
    rows: tuple[Row, ...]


HEADINGS: tuple[Heading, ...] = (
    Heading(
        "Feed and site",
        (
            Row("serve", "Serve feed, site and studio; follow the folder", "serve --library episodes"),
            Row("init", "Make a folder a show", "init my-show"),
            Row("add", "Add audio files as episodes", "add interview.mp3 --draft"),
            Row("plan", "Say what subscribers would see after an index", "plan"),
            Row("index", "Bring feed and site up to the folder", "index"),
            Row("check", "Say what listeners and directories would mind", "check --strict"),
            Row("export", "Write the whole site as files", "export public --base-url https://example.org"),
            Row("feed", "Write the feed of a show", "feed my-show > feed.xml"),
            Row("watch", "Index whenever files settle, without serving", "watch --library episodes"),
        ),
    ),
    Heading(
        "Episodes",
        (
            Row("list", "List all episodes, drafts too", "list --json"),
            Row("show", "Show what is known of an episode", "show meet-the-husbands"),
            Row("new", "Begin an episode before there is audio", 'new "Meet the husbands"'),
            Row("edit", "Edit the note of an episode", "edit meet-the-husbands"),
            Row("set", "Set keys in the notes of many episodes", 'set season=2 --where "number>=20" --dry-run'),
            Row("history", "Tell what was changed in a note, and by whom", "history meet-the-husbands"),
            Row("undo", "Give a note the text it had before", "undo meet-the-husbands"),
            Row("rename", "Give an episode's files another name", "rename meet-the-husbands 110-husbands"),
            Row("chapters", "Write chapters in another form, or attach them", "chapters meet-the-husbands"),
            Row("transcript", "Write a transcript in another form, or attach it", "transcript meet-the-husbands"),
            Row("artwork", "Make a picture the cover of a show or an episode", "artwork my-show cover.png"),
            Row("tag", "Write an episode's title and more into its audio", "tag meet-the-husbands"),
            Row("loudness", "Measure how loud recordings are", "loudness meet-the-husbands"),
            Row("due", "List what somebody should read again", "due"),
        ),
    ),
    Heading(
        "In and out of the feed",
        (
            Row("publish-now", "Let a draft come out at once", "publish-now meet-the-husbands"),
            Row("schedule", "Let an episode come out later", 'schedule meet-the-husbands "2027-03-01 08:00"'),
            Row("publish", "Show a draft with the date it had", "publish meet-the-husbands"),
            Row("unpublish", "Take an episode back to draft", "unpublish meet-the-husbands"),
            Row("revise", "Replace the audio of an episode", "revise meet-the-husbands mended.mp3"),
            Row("withdraw", "Withdraw an episode for good", "withdraw meet-the-husbands"),
            Row("discard", "Throw away a draft that was never out", "discard wrong-upload"),
            Row("claim", "Say which episode files are that were moved", "claim new-folder old-folder"),
        ),
    ),
    Heading(
        "Move in and out",
        (
            Row("import", "Bring a show in from another host", "import https://example.org/feed.xml"),
            Row("move-in", "Take over a show's identity from its old feed", "move-in https://example.org/feed.xml"),
            Row("move-out", "Lead subscribers to a feed elsewhere", "move-out https://example.org/feed.xml"),
            Row("directories", "Say what each directory needs", "directories"),
            Row("verify", "Read all audio and say what is damaged", "verify"),
        ),
    ),
    Heading(
        "People and programs",
        (
            Row("producer", "Say who may work in the studio", 'producer invite "Ana" --role editor'),
            Row("members", "Give members addresses of their own", 'members add "Ana"'),
            Row("preview", "Let a guest hear an episode before it is out", "preview meet-the-husbands"),
            Row("token", "Give programs tokens for the API", 'token new "Nightly script" --scope read'),
        ),
    ),
    Heading(
        "Looking after it",
        (
            Row("doctor", "Look at the machine and say what is wrong", "doctor"),
            Row("backup", "Put the database into a file", "backup castalogue.backup"),
            Row("restore", "Bring back what a backup has", "restore castalogue.backup"),
            Row("migrate-store", "Copy the index into another database", "migrate-store postgresql://user@host/name"),
            Row("errands", "List the long work that the studio asked for", "errands"),
            Row("jobs", "List what waits to be told to others", "jobs"),
            Row("worker", "Tell others, do errands, without serving", "worker"),
            Row("completion", "Help a shell complete commands and slugs", "completion bash"),
        ),
    ),
)
ROWS = tuple(row for heading in HEADINGS for row in heading.rows)
