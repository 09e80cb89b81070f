"""The sound of a cut: the voice made even and clear, a quiet bed of music that gives way to it, one loudness."""
