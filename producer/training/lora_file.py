"""A LoRA as a file that other programs read too: kohya's names of tensors, kohya's and ModelSpec's metadata.

    lora_unet_down_blocks_1_attentions_0_…_to_q.lora_down.weight   (rank, in)       .lora_up.weight   (out, rank)
    lora_unet_down_blocks_1_attentions_0_…_to_q.alpha              the rank: nothing is scaled

Metadata: `ss_…` as kohya-ss/sd-scripts writes them, `modelspec.…` as in Stability-AI/ModelSpec. No time of day is in it: the
same training gives the same file.
"""

from __future__ import annotations

import json
from collections import Counter

import torch
from diffusers.utils import convert_state_dict_to_kohya
from safetensors.torch import save

from producer.engines.requests import TrainingOptions
from producer.training.course import WARM_UP
from producer.training.presets import Preset
from producer.training.pupil import Weights

BASES = {
    "sd15": ("sd_v1", "stable-diffusion-v1/lora"),
    "sdxl": ("sdxl_base_v1-0", "stable-diffusion-xl-v1-base/lora"),
}
"""By engine, what kohya's scripts and ModelSpec call the model that it is for."""


def as_file(adapter: Weights, metadata: dict[str, str]) -> bytes:
    """In half precision, as such files are."""
    named = {f"unet.{name}": weight.detach() for name, weight in adapter.items()}
    tensors = {
        name: tensor.to("cpu", torch.float16).contiguous()
        for name, tensor in convert_state_dict_to_kohya(named).items()
    }
    return _ordered(bytes(save(tensors, metadata)))


def metadata(
    engine: str, options: TrainingOptions, seed: int, preset: Preset, *, learnt: int, step: int, optimiser: str,
    prediction: str, on_gpu: bool,
) -> dict[str, str]:  # fmt: skip
    """What is said of a LoRA in its file. `learnt`: pictures that are not held out; `step`: after which it was saved."""
    base, architecture = BASES[engine]
    side, captions = f"{preset.pixels}", Counter(picture.caption for picture in options.pictures)
    return {
        "modelspec.sai_model_spec": "1.0.0",
        "modelspec.architecture": architecture,
        "modelspec.implementation": "diffusers",
        "modelspec.title": f"{options.presenter} for {engine}",
        "modelspec.trigger_phrase": options.token,
        "modelspec.resolution": f"{side}x{side}",
        "modelspec.prediction_type": "v" if prediction == "v_prediction" else "epsilon",
        "ss_base_model_version": base,
        "ss_v2": "False",
        "ss_output_name": f"{options.presenter}-{engine}",
        "ss_network_module": "networks.lora",
        "ss_network_dim": str(preset.rank),
        "ss_network_alpha": str(float(preset.rank)),
        "ss_resolution": f"({side}, {side})",
        "ss_enable_bucket": "False",
        "ss_num_train_images": str(learnt),
        "ss_num_reg_images": str(options.prior_pictures if options.prior else 0),
        "ss_prior_loss_weight": str(options.prior),
        "ss_batch_size_per_device": str(preset.batch),
        "ss_num_batches_per_epoch": str(-(-learnt // preset.batch)),
        "ss_num_epochs": str(-(-options.steps * preset.batch // learnt)),
        "ss_epoch": str(step * preset.batch // learnt),
        "ss_max_train_steps": str(options.steps),
        "ss_steps": str(step),
        "ss_seed": str(seed),
        "ss_learning_rate": str(preset.rate),
        "ss_unet_lr": str(preset.rate),
        "ss_lr_scheduler": "cosine",
        "ss_lr_warmup_steps": str(max(1, round(WARM_UP * options.steps))),
        "ss_optimizer": optimiser,
        "ss_mixed_precision": "bf16" if on_gpu else "no",
        "ss_gradient_checkpointing": str(preset.gradient_checkpointing),
        "ss_cache_latents": "True",
        "ss_max_grad_norm": "1.0",
        "ss_tag_frequency": json.dumps({options.presenter: captions}, ensure_ascii=False),
    }


def _ordered(file: bytes) -> bytes:
    """The same file with its header in alphabetical order: safetensors writes metadata in a new order each time."""
    begin = 8 + int.from_bytes(file[:8], "little")
    header = json.dumps(json.loads(file[8:begin]), sort_keys=True, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)  # tensors begin where memory may be mapped
    return len(header).to_bytes(8, "little") + header + file[begin:]
