"""A box for hostile bytes: parsers run in spawned processes with limits and no way to the database.

A worker is `inside.py` run as a program; it takes one call a line on standard input and answers one line
of JSON, file by file, so that a death names one file and the rest goes on. JSON, not pickle: what comes
out of the box is as little trusted as what went in. Limits are set by the worker on itself before the
first import of a parser.
"""

from catalogue.sandbox.answers import INTERRUPTED, Answer
from catalogue.sandbox.box import Box
from catalogue.sandbox.limits import Limits

__all__ = ["INTERRUPTED", "Answer", "Box", "Limits"]
