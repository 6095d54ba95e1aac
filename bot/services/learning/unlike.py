"""How like what was labelled a report is in meaning: by the vectors that were kept when the reports came in.

Nothing is computed anew. A report whose vector is not kept (private, secret, telling of misconduct), or was kept while
another encoder was in use, is not compared.
"""

from collections import Counter
from collections.abc import Sequence

from bot.services.matters.vectors import likest
from bot.services.ports import UnitOfWork

LABELLED = 1000  # the latest labelled cases that are compared with: with 300 candidates below 0.1 s


def likeness(uow: UnitOfWork, candidates: Sequence[int], labelled: Sequence[int]) -> dict[int, float]:
    """For each candidate that can be compared: how alike the likest of the labelled cases is, -1 to 1."""
    kept = uow.similar.meanings([*candidates, *labelled[-LABELLED:]])
    encoders = Counter(kept[case_id][0] for case_id in candidates if case_id in kept)
    if not encoders:
        return {}
    encoder, _ = encoders.most_common(1)[0]
    vectors = {case_id: vector for case_id, (name, vector) in kept.items() if name == encoder}
    here = [case_id for case_id in candidates if case_id in vectors]
    there = [vectors[case_id] for case_id in labelled if case_id in vectors]
    return dict(zip(here, likest([vectors[each] for each in here], there), strict=True)) if there else {}
