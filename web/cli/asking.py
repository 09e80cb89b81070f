"""How commands reach a studio, whether it runs or not."""

from __future__ import annotations

from typing import Any

from config.house import House


def ask(house: House, command: str, /, **arguments: Any) -> dict[str, Any]:
    """Run a studio command: through the running studio, or directly on its data folder."""
    from storage.open_store import open_store
    from storage.writer import Writer
    from web.commands import StudioCommands
    from web.local_client import LocalClient

    folder = house.folder.make()
    client = LocalClient(folder.socket)
    if client.answers():
        return client.call(command, **arguments)
    with folder.lock():
        writer = Writer(folder.database).start()
        try:
            own = house.settings.autopilot
            commands = StudioCommands(
                writer,
                folder.database,
                open_store(house),
                address=house.address,
                every_minutes=own.every_minutes if own.enabled else 0,
            )
            return commands.call(command, **arguments)
        finally:
            writer.stop()
