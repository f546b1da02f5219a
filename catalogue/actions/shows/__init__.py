"""Deeds about a show as a whole: beginning one, bringing one in, moving it, taking it away."""
