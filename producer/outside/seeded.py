"""Runs somebody else's script with a seed: `python seeded.py SEED SCRIPT ARGUMENT…`, with their Python and packages.

Their script draws lots (blinks, head poses) and takes no seed; an equal request has to give an equal film. It sees the
arguments, the first folder of imports and the name that it would see without this. Imports nothing of ours.
"""

import random
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    seed, script = int(sys.argv[1]), sys.argv[2]
    sys.argv = sys.argv[2:]
    sys.path[0] = str(Path(script).parent)
    random.seed(seed)
    try:
        import numpy
        import torch
    except ModuleNotFoundError as missing:
        print(f"No seed for {missing.name}: it is not installed")
    else:
        numpy.random.seed(seed % 2**32)
        torch.manual_seed(seed)
    runpy.run_path(script, run_name="__main__")
