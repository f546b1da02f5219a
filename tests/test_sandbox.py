"""The box: what a call gives, and what a call costs that goes wrong."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalogue import sandbox
from catalogue.domain.facts import AudioFacts, Remark
from catalogue.domain.media import Chapter
from catalogue.errors import AudioError, SandboxFailure
from catalogue.sandbox import Box, Limits
from catalogue.sandbox.answers import read_answer
from catalogue.sandbox.limits import size_of_call
from catalogue.sandbox.worker import Worker, call_of

INSIDE = Path(sandbox.__file__).with_name("inside.py")
SOUND = Path(__file__).parent / "data" / "audio" / "variable-rate-with-xing.mp3"


def give(code: str, message: str) -> Remark:
    return Remark(code=code, message=message)


def hear(title: str) -> AudioFacts:
    from datetime import UTC, date, datetime, timedelta
    from decimal import Decimal

    return AudioFacts(
        format="mp3",
        sha256="a",
        essence="b",
        size_bytes=7,
        title=title,
        number=Decimal("1.5"),
        duration=timedelta(days=1, seconds=2, microseconds=30),
        published_at=datetime(2021, 10, 5, 8, tzinfo=UTC),
        published_on=date(2021, 10, 5),
        chapters=(Chapter(start=timedelta(0), title="Café"), Chapter(start=timedelta(seconds=1), title="b")),
        remarks=(Remark(code="a", message="b"),),
    )


def refuse(path: str) -> Remark:
    raise AudioError("empty", "It is empty: {size} bytes.", path=path, line=3, size=0)


def exhaust(megabytes: int) -> int:
    return len(bytes(megabytes * 1024 * 1024))


def leak(text: str) -> int:
    raise IndexError(text)


def die(status: int) -> int:
    import os

    os._exit(status)


def hang(seconds: int) -> int:
    import time

    time.sleep(seconds)
    return seconds


def be_killed(number: int) -> int:
    import os

    os.kill(os.getpid(), number)
    return number


def spin(seconds: float) -> float:
    import time

    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds


def write(path: str, size: int) -> int:
    from pathlib import Path

    Path(path).write_bytes(bytes(size))
    return size


def environment(name: str) -> str:
    import os

    return os.environ.get(name, "")


def dig(depth: int) -> int:
    return dig(depth - 1) if depth else 0


def speak(times: int) -> int:
    import sys

    for _ in range(times):
        print('{"value":7}')
        sys.stdout.flush()
    return times


def cry(megabytes: int) -> str:
    return "a" * (megabytes << 20)


def sleep_alone(path: str) -> int:
    import os
    import time
    from pathlib import Path

    Path(path).write_text(str(os.getpid()))
    time.sleep(600)
    return 0


def who(_: int) -> int:
    import os

    return os.getpid()


@pytest.fixture
def box(monkeypatch, request):
    """A box whose workers can import this very module."""
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    with Box(2, Limits(wall_seconds=10)) as opened:
        yield opened


def of_worker(function):
    function.__module__ = "test_sandbox"
    return function


def test_a_call_gives_what_the_function_returns(box):
    assert box.call(of_worker(give), "a", "b") == Remark(code="a", message="b")


@pytest.mark.parametrize("title", ["Notes", "niña 夜\n", "half \ud83d a letter", '"quoted" \\ \x00'])
def test_a_value_comes_out_as_it_was_given(box, title):
    assert box.call(of_worker(hear), title) == hear(title)


def test_a_worker_loads_no_more_than_it_needs():
    line = json.dumps(["catalogue.formats.audio.reading:read_audio", [str(SOUND), "a.mp3"], 10, 20.0])
    command = [sys.executable, "-P", "-X", "importtime", str(INSIDE), str(1024**3), "1000"]
    done = subprocess.run(command, input=f"{line}\n", capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.stdout.startswith('{"value":{"format":"mp3"')
    assert {"mutagen.id3"} == loaded & {"mutagen.id3", "pydantic", "PIL.Image", "email", "catalogue.domain.episode"}


def test_a_box_that_rested_starts_other_workers(box):
    before = box.call(of_worker(who), 0)
    box.rest()
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert box.call(of_worker(who), 0) != before


def test_an_error_of_ours_comes_out_as_it_was_raised(box):
    with pytest.raises(AudioError) as caught:
        box.call(of_worker(refuse), "x.mp3")
    assert str(caught.value) == "x.mp3, line 3: It is empty: 0 bytes."


def test_a_leaked_exception_is_that_calls_alone(box):
    with pytest.raises(SandboxFailure, match="IndexError: oh"):
        box.call(of_worker(leak), "oh")
    assert box.call(of_worker(exhaust), 1) == 1024 * 1024


def test_a_death_names_one_call_and_the_rest_goes_on(box):
    answers = {answer.args: answer for answer in box.run(of_worker(die), [(0,), (3,)])}
    assert all(isinstance(answer.error, SandboxFailure) for answer in answers.values())
    assert box.call(of_worker(exhaust), 1) == 1024 * 1024


def test_memory_is_limited(box):
    with pytest.raises(SandboxFailure, match="memory"):
        box.call(of_worker(exhaust), 2048)


def test_time_is_limited(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    with Box(1, Limits(wall_seconds=0.5)) as box, pytest.raises(SandboxFailure, match="longer than"):
        box.call(of_worker(hang), 5)


def test_many_calls_are_each_answered_once(box):
    answers = list(box.run(of_worker(exhaust), [(n % 3,) for n in range(50)]))
    assert len(answers) == 50
    assert all(answer.value == answer.args[0] * 1024 * 1024 for answer in answers)


def test_an_answer_that_nobody_waited_for_is_never_taken_for_another(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    with Box(1, Limits(wall_seconds=10)) as box:
        abandoned = box.run(of_worker(exhaust), [(1,), (2,)])
        next(abandoned)
        abandoned.close()
        assert box.call(of_worker(give), "a", "b") == Remark(code="a", message="b")
        assert box.call(of_worker(exhaust), 3) == 3 * 1024 * 1024


def test_an_end_from_outside_is_not_the_files_fault(box):
    with pytest.raises(SandboxFailure) as caught:
        box.call(of_worker(be_killed), 9)
    assert caught.value.code == "sandbox-interrupted"


def test_processor_time_is_limited(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    with Box(1, Limits(cpu_seconds=1)) as box:
        for _ in range(2):  # the limit is each call's own
            assert box.call(of_worker(spin), 0.7) == 0.7
        with pytest.raises(SandboxFailure, match="more than 1 seconds of processor time"):
            box.call(of_worker(spin), 30)


def test_what_a_call_may_write_is_limited(monkeypatch, request, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    with Box(1, Limits(written_bytes=1000)) as box:
        assert box.call(of_worker(write), str(tmp_path / "a"), 1000) == 1000
        with pytest.raises(SandboxFailure):
            box.call(of_worker(write), str(tmp_path / "b"), 1001)


def test_no_secret_goes_into_the_box(box, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/db")
    assert box.call(of_worker(environment), "DATABASE_URL") == ""
    assert box.call(of_worker(environment), "PATH")


def test_recursion_without_end_costs_its_call_alone(box):
    answers = {answer.args: answer for answer in box.run(of_worker(dig), [(3,), (100_000,), (4,)])}
    assert answers[100_000,].error.sentence == "It could not be read: it is nested too deeply."
    assert (answers[3,].value, answers[4,].value) == (0, 0)


def test_calls_behind_one_that_dies_are_answered(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    with Box(1) as box:
        answers = list(box.run(of_worker(be_killed), [(0,), (11,), (0,), (6,), (0,), (0,)]))
    assert [answer.args for answer in answers] == [(0,), (11,), (0,), (6,), (0,), (0,)]
    assert [answer.error is None for answer in answers] == [True, False, True, False, True, True]


def test_one_that_died_unseen_is_not_asked_in_the_place_of_its_file(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    worker = Worker(Limits())
    worker.ask(call_of(of_worker(be_killed), (11,)))
    worker.send()
    worker._process.wait()  # nobody has read of its end
    worker.ask(call_of(of_worker(exhaust), (1,)))
    worker.send()
    answers = []
    while worker.owes:
        worker.read()
        answers += worker.answers()
    worker.end()
    assert [(answer.args, answer.value) for answer in answers] == [((11,), None), ((1,), 1 << 20)]


def test_what_a_parser_prints_is_no_answer(box):
    assert [box.call(of_worker(speak), times) for times in (3, 1)] == [3, 1]


def test_an_answer_without_end_is_refused(box, monkeypatch):
    monkeypatch.setattr("catalogue.sandbox.worker.ANSWER_LIMIT_BYTES", 2 << 20)
    assert len(box.call(of_worker(cry), 1)) == 1 << 20
    with pytest.raises(SandboxFailure):
        box.call(of_worker(cry), 4)


def test_a_large_file_gets_more_time(tmp_path):
    with (tmp_path / "a.wav").open("wb") as file:
        file.truncate(500_000_000)
    size = size_of_call((str(tmp_path / "a.wav"), "a.wav"))
    assert (Limits().cpu_for(size), Limits().wall_for(size)) == (30, 145.0)
    assert (Limits().cpu_for(1 << 60), Limits().cpu_for(0)) == (353, 10)


def test_a_call_without_a_file_has_no_size():
    assert [size_of_call(args) for args in ((), (3,), ("/nowhere",), ("a\0b",))] == [0, 0, 0, 0]


def test_a_worker_without_a_parent_ends_by_itself(tmp_path, request):
    line = json.dumps(["test_sandbox:sleep_alone", [str(tmp_path / "pid")], 1, -4.5]) + "\n"
    orphan = subprocess.Popen(
        [sys.executable, "-P", str(INSIDE), str(1024**3), "1000"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(request.path.parent)},
    )
    with orphan:
        orphan.stdin.write(line.encode())
        orphan.stdin.flush()
        assert orphan.wait(timeout=20) == -signal.SIGALRM


@pytest.mark.parametrize("line", [b"", b"nonsense", b"[]", b"{}", b'{"value":"x"}', b'{"error":{"kind":"os"}}', b"7"])
def test_nonsense_out_of_the_box_is_a_failure(line):
    answer = read_answer(line, int, ("a.mp3",))
    assert (type(answer.error), answer.args) == (SandboxFailure, ("a.mp3",))


def test_a_thread_that_finds_the_workers_taken_gets_its_own_answer_and_takes_nobody_s(box):
    with ThreadPoolExecutor(1) as other:
        mine = box.run(give, [("mine", str(number)) for number in range(8)])
        first = next(mine)
        theirs = other.submit(box.call, give, "theirs", "0").result()
        other.submit(box.rest).result()
        kept = {answer.value.message for answer in (first, *mine)}
    assert theirs == give("theirs", "0")
    assert kept == {str(number) for number in range(8)}
