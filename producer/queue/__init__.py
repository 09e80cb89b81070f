"""How work travels: RQ on a disposable Redis, with the hooks that make it lose nothing."""
