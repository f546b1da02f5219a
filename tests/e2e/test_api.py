"""The examples of docs/api.md, typed into a shell beside a real server: from a token to an episode in the feed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from serving import castalogue, serving, wait_until
from sounds import write_mp3

from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.links import NewAccount, join
from catalogue.actions.accounts.server_key import open_server_key
from catalogue.config import Settings
from catalogue.store.index import open_index
from web.current import utc_now

EXAMPLES = Path(__file__).parents[2] / "docs" / "api.md"
SHOW = 'title = "Talks"\ndescription = "About living with it."\nauthor = "Us"\nlanguage = "en"\ntimezone = "UTC"\n'
SAID = """Ana
talks
Upload-Offset: 10000
Asking for help
With **Ana**.
More to read tomorrow.

["new"]
public
[1,null]
1
"""
pytestmark = pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="needs curl and jq")


def owned(served):
    """Begin as Ana, by the link that the server printed."""
    settings = Settings(library=served.library, data=served.home / "index")
    index = open_index(settings.store_url)
    link = re.search(r"/studio/begin/([^/]+)/", served.messages)[1]
    account = NewAccount(name="Ana", password="quiet rooms by the sea", again="quiet rooms by the sea")
    join(Desk(accounts=index, key=open_server_key(settings)), link, account, now=utc_now())
    index.close()


def typed(url):
    """All that the page shows for a shell, at the address of this server."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", EXAMPLES.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    # Who types takes longer than the two seconds within which a server finds what was published.
    slowly = "".join(blocks).replace("\ncurl -fsS -G $API/search", "\nsleep 2.5\ncurl -fsS -G $API/search")
    return "set -eu\n" + slowly.replace("http://127.0.0.1:8000", url)


@pytest.mark.soak
def test_the_examples_do_what_the_page_says(tmp_path):
    library, home = tmp_path / "library", tmp_path / "home"
    library.mkdir()
    (library / "show.toml").write_text(SHOW)
    write_mp3(tmp_path / "recording.mp3", seconds=10, title="Recording")
    with serving(home, library) as served:
        owned(served)
        scopes = [f"--scope={one}" for one in ("read", "write", "upload", "publish")]
        made = castalogue(home, "token", "new", "newsroom", *scopes, "--library", library, "--data", home / "index")
        told = {"TOKEN": made.stdout.decode().strip(), "PATH": "/usr/bin:/bin"}
        done = run(["/bin/sh", "-c", typed(served.url)], tmp_path, told)
        assert (done.returncode, done.stdout[: len(SAID)]) == (0, SAID), (done.stdout, done.stderr)
        assert '[422,"/keys/titel","There is no key `titel`. Did you mean `title`?"]' in done.stdout
        wait_until(lambda: "Asking for help" in served.feed("talks").decode(), seconds=10)
    assert told["TOKEN"] not in served.messages


def run(words, folder, environment):
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
