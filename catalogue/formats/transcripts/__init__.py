"""Transcripts: WebVTT, SubRip, JSON, HTML and plain text."""
