"""Chapters worked on one by one: as rows of a form, read from wherever they come, written where they count."""
