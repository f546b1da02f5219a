"""Castalogue: a folder of audio and notes becomes a podcast feed and a readable site."""

__version__ = "0.1.0"
