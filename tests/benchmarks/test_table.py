import pytest

from benchmarks.measure import Comparison, Cost, Side, compare
from benchmarks.table import BEGIN, END, missing_row, render_table, row_of, write_table


def result(ours, peer):
    us = Side(name="us", run=lambda: Cost(cpu_seconds=ours, wall_seconds=ours))
    them = Side(name="them", run=lambda: Cost(cpu_seconds=peer, wall_seconds=peer))
    return compare(Comparison(name="first index", ours=us, peer=them, most=0.5), pairs=2)


def test_row_says_medians_ratio_and_limit():
    assert row_of(result(1.0, 4.0)).cells == (
        "first index",
        "1.00 s CPU, 1.00 s wall",
        "them: 4.00 s CPU, 4.00 s wall",
        "0.25 × cpu (0.25 to 0.25, 2 pairs)",
        "≤ 0.5",
        "",
        "✓",
    )


def test_what_cannot_be_measured_has_a_row_with_the_reason():
    assert "| duration |  | no ffprobe | not measured |" in render_table([missing_row("duration", "no ffprobe")])


def test_text_around_the_table_stays(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"# Speed\n{BEGIN}\nold\n{END}\nand more\n")
    write_table(page, rows=[row_of(result(1.0, 4.0))], about="Measured today.")
    text = page.read_text()
    assert text.startswith("# Speed\n") and text.endswith("\nand more\n")
    assert "Measured today." in text and "| first index |" in text and "old" not in text


def test_page_without_marks_is_refused(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("# Speed\n")
    with pytest.raises(ValueError, match="marks"):
        write_table(page, rows=[], about="")
