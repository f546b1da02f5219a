"""Chapters as producers write them: JSON chapters, Podlove XML, WebVTT, Audacity labels, lines with times.

Chapters inside audio files are read with their tags. `reading.py` has the table of kinds and is called in the box;
here is what the standard library alone reads.
"""

from catalogue.formats.chapters.bounds import LIMIT_BYTES, LIMIT_CHAPTERS
from catalogue.formats.chapters.json_chapters import read_chapters
from catalogue.formats.chapters.lines import find_time_list, read_chapter_line, render_list

__all__ = ["LIMIT_BYTES", "LIMIT_CHAPTERS", "find_time_list", "read_chapter_line", "read_chapters", "render_list"]
