"""Every byte to and from another machine: one guarded `fetch`, and what there is to ask with it."""
