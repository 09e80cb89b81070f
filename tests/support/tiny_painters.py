"""Stable Diffusion 1.5 and XL with tiny random networks, saved by diffusers itself in the folder format that users have.

A megabyte or two each, and a picture in a second. What they paint is noise with a structure.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    EulerDiscreteScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
from safetensors.torch import save_file
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

WIDTH = 32


def save_sd15(folder: Path, seed: int = 0) -> Path:
    pipe = StableDiffusionPipeline(
        **_shared(seed), text_encoder=CLIPTextModel(_text()), unet=_unet(), safety_checker=None, feature_extractor=None,
        requires_safety_checker=False,
    )  # fmt: skip
    return _saved(pipe, folder)


def save_sdxl(folder: Path, seed: int = 0) -> Path:
    shared = _shared(seed)
    unet = _unet(
        addition_embed_type="text_time", addition_time_embed_dim=8, transformer_layers_per_block=(1, 1),
        projection_class_embeddings_input_dim=6 * 8 + WIDTH, use_linear_projection=True, cross_attention_dim=2 * WIDTH,
    )  # fmt: skip
    pipe = StableDiffusionXLPipeline(
        **shared, tokenizer_2=shared["tokenizer"], text_encoder=CLIPTextModel(_text()), unet=unet,
        text_encoder_2=CLIPTextModelWithProjection(_text(projection_dim=WIDTH)),
    )  # fmt: skip
    return _saved(pipe, folder)


def save_safety_checker(model: Path) -> None:
    """One that flags every picture, beside the SD 1.5 in a folder: saved as part of it, as the published one is."""
    tower = {"hidden_size": WIDTH, "intermediate_size": 37, "num_attention_heads": 4, "num_hidden_layers": 2}
    config = CLIPConfig(
        text_config={**tower, "vocab_size": 1000},
        vision_config={**tower, "image_size": 32, "patch_size": 8},
        projection_dim=16,
    )
    checker = StableDiffusionSafetyChecker(config)
    with torch.no_grad():
        checker.concept_embeds_weights.fill_(-2)  # no picture is so unlike a concept
    pipe = StableDiffusionPipeline.from_pretrained(str(model), safety_checker=None, local_files_only=True)
    pipe.register_modules(
        safety_checker=checker, feature_extractor=CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=32)
    )
    pipe.register_to_config(requires_safety_checker=True)
    _saved(pipe, model)


def save_lora(model: Path, name: str, seed: int = 1) -> Path:
    """A LoRA for the SD 1.5 in a folder, trained on nothing: its numbers are random, and large enough to be seen."""
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipe = StableDiffusionPipeline.from_pretrained(str(model), safety_checker=None, local_files_only=True)
    torch.manual_seed(seed)
    pipe.unet.add_adapter(LoraConfig(r=2, init_lora_weights=False, target_modules=["to_q", "to_v"]))
    folder = model / "loras"
    layers = get_peft_model_state_dict(pipe.unet)
    StableDiffusionPipeline.save_lora_weights(str(folder), unet_lora_layers=layers, weight_name=f"{name}.safetensors")
    return folder / f"{name}.safetensors"


def save_controlnet(model: Path, kind: str, seed: int = 3) -> Path:
    """One for the model in a folder, whose random numbers lead; a new one's are zeros, and lead nowhere."""
    unet = UNet2DConditionModel.from_pretrained(str(model / "unet"))
    torch.manual_seed(seed)
    net = ControlNetModel.from_unet(unet, conditioning_channels=3)
    with torch.no_grad():
        for block in (net.controlnet_cond_embedding.conv_out, *net.controlnet_down_blocks, net.controlnet_mid_block):
            block.weight.normal_(0, 0.2)
    net.save_pretrained(str(model / "controlnets" / kind), safe_serialization=True)
    return model / "controlnets" / kind


def save_ip_adapter(model: Path, seed: int = 4) -> Path:
    """One for the model in a folder, in the format of the published ones: `image_proj.…` and `ip_adapter.N.…`."""
    torch.manual_seed(seed)
    unet = UNet2DConditionModel.from_pretrained(str(model / "unet"))
    tower = CLIPVisionConfig(
        hidden_size=WIDTH, intermediate_size=37, num_attention_heads=4, num_hidden_layers=2, image_size=32, patch_size=8,
        projection_dim=16,
    )  # fmt: skip
    folder, width = model / "ip-adapter", unet.config.cross_attention_dim
    CLIPVisionModelWithProjection(tower).save_pretrained(str(folder / "image_encoder"))
    tensors = {
        "image_proj.proj.weight": torch.randn(4 * width, 16), "image_proj.proj.bias": torch.randn(4 * width),
        "image_proj.norm.weight": torch.ones(width), "image_proj.norm.bias": torch.zeros(width),
    }  # fmt: skip
    crossing = [(name, one) for name, one in unet.attn_processors.items() if name.endswith("attn2.processor")]
    for number, (name, _) in enumerate(crossing):
        inner = unet.get_submodule(name.removesuffix(".processor")).to_k.weight.shape[0]
        for part in ("to_k_ip", "to_v_ip"):
            tensors[f"ip_adapter.{2 * number + 1}.{part}.weight"] = torch.randn(inner, width)
    save_file(tensors, folder / "ip-adapter.safetensors")
    return folder


def _shared(seed: int) -> dict[str, Any]:
    """The parts that both have. Weights are drawn from the seed, also those that are made later."""
    torch.manual_seed(seed)
    vae = AutoencoderKL(
        block_out_channels=(WIDTH, WIDTH, WIDTH, WIDTH), in_channels=3, out_channels=3, latent_channels=4,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1,
        sample_size=512,
    )  # fmt: skip
    return {"vae": vae, "tokenizer": _tokenizer(), "scheduler": EulerDiscreteScheduler(steps_offset=1)}


def _unet(**more: Any) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        **{
            "block_out_channels": (WIDTH, WIDTH), "layers_per_block": 1, "sample_size": 16, "in_channels": 4, "out_channels": 4,
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"), "attention_head_dim": 8,
            "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"), "cross_attention_dim": WIDTH, **more,
        }
    )  # fmt: skip


def _text(**more: Any) -> CLIPTextConfig:
    return CLIPTextConfig(
        hidden_size=WIDTH, intermediate_size=37, num_attention_heads=4, num_hidden_layers=2, vocab_size=1000,
        bos_token_id=998, eos_token_id=999, pad_token_id=999, **more,
    )  # fmt: skip


def _tokenizer() -> CLIPTokenizer:
    """One that knows letters and no words."""
    letters = [chr(code) for code in range(33, 127)]
    names = [*letters, *(f"{letter}</w>" for letter in letters)]
    vocabulary = {name: number for number, name in enumerate(names)}
    vocabulary |= {"<|startoftext|>": 998, "<|endoftext|>": 999}
    return CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=77)


def _saved(pipe: Any, folder: Path) -> Path:
    pipe.save_pretrained(str(folder), safe_serialization=True)
    return folder
