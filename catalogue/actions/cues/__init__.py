"""Transcripts corrected cue by cue, over the version that was read."""
