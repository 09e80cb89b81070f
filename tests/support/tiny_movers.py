"""The models that set pictures in motion with tiny random networks, saved by diffusers itself in the folder format that
users have. What they film is noise with a structure."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from diffusers import (
    AutoencoderKLLTXVideo,
    AutoencoderKLTemporalDecoder,
    AutoencoderKLWan,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    LTXPipeline,
    LTXVideoTransformer3DModel,
    StableVideoDiffusionPipeline,
    UNetSpatioTemporalConditionModel,
    WanPipeline,
    WanTransformer3DModel,
)
from transformers import (
    CLIPImageProcessor,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
    UMT5Config,
    UMT5EncoderModel,
)

WIDTH = 32


def save_svd(folder: Path, seed: int = 0) -> Path:
    torch.manual_seed(seed)
    unet = UNetSpatioTemporalConditionModel(
        block_out_channels=(WIDTH, 2 * WIDTH), layers_per_block=1, sample_size=16, in_channels=8, out_channels=4,
        down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
        up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"), cross_attention_dim=WIDTH,
        num_attention_heads=8, projection_class_embeddings_input_dim=96, addition_time_embed_dim=WIDTH,
    )  # fmt: skip
    vae = AutoencoderKLTemporalDecoder(
        block_out_channels=(WIDTH, WIDTH, WIDTH, WIDTH), in_channels=3, out_channels=3, latent_channels=4,
        down_block_types=("DownEncoderBlock2D",) * 4, layers_per_block=1, sample_size=32,
    )  # fmt: skip
    seer = CLIPVisionConfig(
        hidden_size=WIDTH, projection_dim=WIDTH, num_hidden_layers=2, num_attention_heads=4, image_size=224,
        intermediate_size=37, patch_size=32,
    )  # fmt: skip
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", interpolation_type="linear",
        prediction_type="v_prediction", sigma_max=700.0, sigma_min=0.002, steps_offset=1, timestep_spacing="leading",
        timestep_type="continuous", use_karras_sigmas=True,
    )  # fmt: skip
    pipe = StableVideoDiffusionPipeline(
        image_encoder=CLIPVisionModelWithProjection(seer), unet=unet, vae=vae, scheduler=scheduler,
        feature_extractor=CLIPImageProcessor(crop_size=224, size=224),
    )  # fmt: skip
    return _saved(pipe, folder)


def save_ltx(folder: Path, seed: int = 0) -> Path:
    torch.manual_seed(seed)
    tokenizer, words = _tokenizer(folder)
    transformer = LTXVideoTransformer3DModel(
        in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4, attention_head_dim=8,
        cross_attention_dim=WIDTH, num_layers=1, caption_channels=WIDTH,
    )  # fmt: skip
    vae = AutoencoderKLLTXVideo(
        in_channels=3, out_channels=3, latent_channels=8, block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8), layers_per_block=(1, 1, 1, 1, 1), decoder_layers_per_block=(1,) * 5,
        spatio_temporal_scaling=(True, True, False, False), decoder_spatio_temporal_scaling=(True, True, False, False),
        decoder_inject_noise=(False,) * 5, upsample_residual=(False,) * 4, upsample_factor=(1,) * 4,
        timestep_conditioning=False, patch_size=1, patch_size_t=1, encoder_causal=True, decoder_causal=False,
    )  # fmt: skip
    reader = T5EncoderModel(T5Config(vocab_size=words, d_model=WIDTH, d_kv=8, d_ff=37, num_layers=1, num_heads=4))
    pipe = LTXPipeline(FlowMatchEulerDiscreteScheduler(), vae, reader, tokenizer, transformer)
    return _with_model_file(_saved(pipe, folder))


def save_wan(folder: Path, seed: int = 0) -> Path:
    """As the 2.2 TI2V model is: one transformer, told the time of each patch, so that the first frame stays."""
    torch.manual_seed(seed)
    tokenizer, words = _tokenizer(folder)
    transformer = WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=16, out_channels=16,
        text_dim=WIDTH, freq_dim=32, ffn_dim=32, num_layers=1, cross_attn_norm=True, qk_norm="rms_norm_across_heads",
        rope_max_seq_len=32,
    )  # fmt: skip
    vae = AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )
    reader = UMT5EncoderModel(UMT5Config(vocab_size=words, d_model=WIDTH, d_kv=8, d_ff=37, num_layers=1, num_heads=4))
    pipe = WanPipeline(
        tokenizer, reader, vae, FlowMatchEulerDiscreteScheduler(shift=5.0), transformer, expand_timesteps=True
    )
    return _with_model_file(_saved(pipe, folder))


def _tokenizer(folder: Path) -> tuple[T5Tokenizer, int]:
    """One that knows letters and a few words, as SentencePiece trains it; and how many pieces it has."""
    file, part = io.BytesIO(), folder / "tokenizer"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a harbour at dawn, the water moves and the camera stands still"] * 20), model_writer=file,
        vocab_size=48, hard_vocab_limit=False, model_type="unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, minloglevel=2,
    )  # fmt: skip
    part.mkdir(parents=True, exist_ok=True)
    (part / "spiece.model").write_bytes(file.getvalue())
    facts = {"tokenizer_class": "T5Tokenizer", "model_max_length": 128, "extra_ids": 0}
    facts |= {"eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
    (part / "tokenizer_config.json").write_text(json.dumps(facts))
    return T5Tokenizer.from_pretrained(str(part)), 100


def _with_model_file(folder: Path) -> Path:
    """Without the file that transformers adds: the published models have SentencePiece's own alone."""
    (folder / "tokenizer" / "tokenizer.json").unlink(missing_ok=True)
    return folder


def _saved(pipe: Any, folder: Path) -> Path:
    pipe.save_pretrained(str(folder), safe_serialization=True)
    return folder
