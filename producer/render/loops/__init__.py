"""Films that begin again where they end: how a scene that moves is made ready, and played for as long as a clip lasts."""
