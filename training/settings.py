"""Every knob of a training run on one screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Defaults are those of the released model."""

    seed: int = 17
    layers: tuple[int, ...] = (1, 3, 5, 7, 9, 11)  # kept of the base encoder's 12: every second keeps most
    vocabulary: int = 30_000  # pieces kept of 250,002: covers 99.75 % of Indonesian and Javanese text
    max_tokens: int = 128  # cut in training and serving; 9 of 10 complaints are shorter

    heal_lines: int = 2_000  # lines sampled from each unlabelled file for healing
    heal_tokens: int = 1_200  # padded tokens a healing batch
    heal_rate: float = 4e-4

    epochs: int = 4
    patience: int = 0  # epochs without a better watched score after which to stop and go back to the best; 0 never
    batch: int = 24
    encoder_rate: float = 1.5e-4  # peak learning rate of the top encoder layer
    layer_decay: float = 0.85  # each layer below learns this much slower
    head_rate: float = 1e-3
    train_embeddings: bool = False  # 30,000 pieces cannot be learnt from 5,000 messages; frozen is faster
    weight_decay: float = 0.01
    warm_up: float = 0.08  # share of all steps
    average: float = 0.998  # of the running average of weights that is released: about the last 500 steps; 0 none
    dropout: float = 0.1
    label_smoothing: float = 0.05
    second_topic: float = 0.25  # share of the topic target that secondary topics get together
    class_power: float = 0.4  # class weight = frequency ** -power: 0 none, 1 fully balanced
    threads: int = 2

    lower_case: float = 0.3  # chance per row and epoch, each
    typos: float = 0.2
    drop_greeting: float = 0.3
    sms_spelling: float = 0.25
    dialect: float = 0.15  # words of the next valley (dialect.txt), half of those that have one
    joined: float = 0.05  # short complaints that carry a second one

    held_share: float = 0.05  # rows kept back to choose mixing and first thresholds, and to compare int8


HEAD_WEIGHTS = {"kind": 0.5, "topic": 1.0, "topics": 1.0, "urgency": 0.8, "language": 0.3, "label": 1.0}
