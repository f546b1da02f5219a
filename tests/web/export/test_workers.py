"""Several processes write what one writes."""

import subprocess
import sys
from pathlib import Path

from exporter import files_in

ROOT = Path(__file__).parents[3]
# In a process of its own: one that has threads is never forked.
SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from exporter import Exporter, opened
from web.export import workers
workers.WORTH_PROCESSES = 1
asked = []
real = workers.multiprocessing.get_context
workers.multiprocessing.get_context = lambda way: asked.append(way) or real(way)
workers.os.sched_getaffinity = lambda _: {0, 1}
home = Path(sys.argv[2])
with opened(home) as place:
    report = Exporter(home / "library", place, Path(sys.argv[3])).export()
assert asked == ["fork"] and not report.broken, (asked, report.broken)
"""


def test_forked_processes_write_the_same_files_as_one(exported, indexed_sample, tmp_path):
    words = [sys.executable, "-c", SCRIPT, Path(__file__).parent, indexed_sample, tmp_path / "forked"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert files_in(tmp_path / "forked") == files_in(exported.folder)
