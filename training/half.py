"""Half precision where it is quicker: products in bfloat16 on processors with tiles for them (AMX), twice as fast.

Weights, sums, norms and gradients stay in float32 (mixed precision, Micikevicius and others 2018). Elsewhere bfloat16
is slower than float32 or only imitated, so nothing changes there.
"""

from __future__ import annotations

import torch


def quick_halves() -> bool:
    """Whether this processor multiplies bfloat16 in hardware tiles."""
    return bool(torch.cpu.get_capabilities().get("amx_bf16", False))


def halves(*, on: bool) -> torch.autocast:
    """A context in which products run in bfloat16 where ``on``."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=on)
