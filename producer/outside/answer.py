"""Runs in somebody else's Python: loads a network once, then does one piece of work after another, as told by its standard input.

    python answer.py WORK.py ARGUMENTS     ARGUMENTS: one JSON object

    {"id": 1, "text": …}  ─▶ stdin   stdout ─▶  {"ready": {…}}
    {"stop": 1}           ─▶                ─▶  {"id": 1, "alive": 0.4}
                                            ─▶  {"id": 1, "done": {…}} or {"id": 1, "stopped": true}
                                                or {"id": 1, "failed": "memory" | "input" | "error", "why": …}

One JSON object a line. WORK.py defines `load(arguments) -> (facts, do)`, and `do(order, look_up) -> answer`; `look_up(share)` is
called again and again and raises where it was told to stop. Whatever else is printed goes to stderr. Imports nothing of ours.
"""

import json
import os
import queue
import runpy
import sys
import threading
import traceback


class Stopped(BaseException):
    """Somebody wants this piece of work no more. No handler of errors stops it."""


def kind_of(error: BaseException) -> str:
    if isinstance(error, MemoryError) or type(error).__name__ in ("OutOfMemoryError", "OutOfMemory"):
        return "memory"
    return "input" if isinstance(error, ValueError) else "error"


def main() -> None:
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.path[0] = ""  # the folder of this file holds none of their modules

    def tell(**facts: object) -> None:
        told.write(json.dumps(facts) + "\n")
        told.flush()

    facts, do = runpy.run_path(sys.argv[1])["load"](json.loads(sys.argv[2]))
    orders: queue.Queue[dict[str, object]] = queue.Queue()
    unwanted: set[object] = set()

    def listen() -> None:
        for line in sys.stdin:
            order = json.loads(line)
            if "stop" in order:
                unwanted.add(order["stop"])
            else:
                orders.put(order)
        os._exit(0)  # nobody is there any more

    threading.Thread(target=listen, daemon=True).start()
    tell(ready=facts)
    while True:
        order = orders.get()
        number = order["id"]

        def look_up(share: float, number: object = number) -> None:
            tell(id=number, alive=round(share, 3))
            if number in unwanted:
                raise Stopped

        try:
            look_up(0.0)
            answer = do(order, look_up)
        except Stopped:
            tell(id=number, stopped=True)
        except Exception as error:  # noqa: BLE001 - it is told, whatever it is
            traceback.print_exc()
            sys.stderr.flush()
            tell(id=number, failed=kind_of(error), why=" ".join(str(error).split())[:500] or type(error).__name__)
        else:
            tell(id=number, done=answer)
        unwanted.clear()


if __name__ == "__main__":
    main()
