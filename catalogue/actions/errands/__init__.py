"""Errands: long work that somebody asks for, and that is done behind a page or a command."""
