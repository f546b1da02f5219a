"""Pictures: covers that are read, made clean, or drawn."""
