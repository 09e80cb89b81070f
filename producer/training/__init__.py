"""A LoRA learns a face from a few pictures: presets, lessons, the loop, checkpoints, and which of them was best."""
