"""How loud audio is and what it looks like, by ffmpeg: a program of its own, with limits, on the bytes of a file."""
