"""The `castalogue` command: parse, one call, show.

Nothing heavy is imported before a command runs, so that `--help` answers at once: the modules here import
click alone, and each command the rooms that it needs.
"""

from catalogue.cli.main import main

__all__ = ["main"]
