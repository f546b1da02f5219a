"""An application whose log names what kind of page failed, never which one: the page on privacy promises that."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from web.compiled import SYNTAX, CompiledTemplates


class Discreet(Flask):
    """Flask, but for the line it logs where nobody foresaw an error; all of a process share compiled templates."""

    jinja_options = SYNTAX | {"bytecode_cache": CompiledTemplates()}

    def log_exception(self, exc_info: Any) -> None:
        """Log the rule of the address; Flask's own line has the path."""
        self.logger.error("Exception on %s [%s]", request.url_rule, request.method, exc_info=exc_info)
