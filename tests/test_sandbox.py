"""The box: what a call gives, and what a call costs that goes wrong."""

import pytest

from catalogue.domain.facts import Remark
from catalogue.errors import AudioError, SandboxFailure
from catalogue.sandbox import Box, Limits


def give(code: str, message: str) -> Remark:
    return Remark(code=code, message=message)


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
