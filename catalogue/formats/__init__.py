"""Hostile bytes to facts: audio, transcripts, chapters and pictures, read in the box."""
