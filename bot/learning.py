"""What learns beside the messages: the training job, the model in use, the trial beside it; built in one place."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import structlog

from bot.domain.region import Region
from bot.metrics import Metrics
from bot.models import note_released, open_model, workshop
from bot.services.inbox_loop import InboxLoop
from bot.services.keeping import PRUNE_SECONDS
from bot.services.learning.model_keeping import LOOK_SECONDS, ModelKeeper, Opened
from bot.services.learning.shadow_loop import SHADOW_SECONDS, Shadow
from bot.services.learning.trainer import TRAIN_SECONDS, Trainer
from bot.services.learning.using import in_use
from bot.services.learning.workshop import Workshop
from bot.services.matters.renewing import RENEW_SECONDS, Renewal
from bot.services.office import Office, Tagger
from bot.services.readiness import Readiness
from bot.services.tagging import ModelTagger
from bot.settings import Settings
from bot.store.engine import Store
from classifier import classify

DEGRADED = "model"
log = structlog.get_logger()
Loop = tuple[float, Callable[[], Awaitable[None]], str]


@dataclass(frozen=True)
class Mind:
    """The tagger of this process and the thread it thinks in.

    `model` is the same tagger where models can be swapped in it; `current` the one behind it, None for rules alone.
    """

    tagger: Tagger
    thinking: ThreadPoolExecutor
    model: ModelTagger | None = None
    current: Opened | None = None


@dataclass(frozen=True)
class Learning:
    """The loops of learning; without a model of ours in the process nothing is swapped or tried."""

    trainer: Trainer
    models: ModelKeeper | None = None
    shadow: Shadow | None = None
    renewal: Renewal | None = None

    def heard(self, texts: Sequence[str]) -> None:
        """Texts that were answered."""
        if self.shadow:
            self.shadow.heard(texts)

    def loops(self) -> Iterator[Loop]:
        """Each step with the seconds between two of them."""
        yield TRAIN_SECONDS, self.trainer.step, "training"
        if self.models:
            yield LOOK_SECONDS, self.models.step, "model"
            yield PRUNE_SECONDS, self.models.sweep, "sweep"
        if self.shadow:
            yield SHADOW_SECONDS, self.shadow.step, "shadow"
        if self.renewal:
            yield RENEW_SECONDS, self.renewal.step, "renewal"


def build_mind(
    store: Store, shop: Workshop, metrics: Metrics, readiness: Readiness, *, instead: Tagger | None
) -> Mind:  # fmt: skip
    """The model in use, or the released one, or the rules alone: emergencies are handled all the same.

    A tagger that stands in for all of them is taken as it is.
    """
    rules = partial(classify, None)
    thinking = ThreadPoolExecutor(1, thread_name_prefix="classify")
    if instead is not None:
        return Mind(instead, thinking)
    for name in dict.fromkeys((store.read_now(in_use), "")):
        try:
            model = open_model(shop.folder_of(name), None)
        except Exception as error:  # noqa: BLE001 - a model may fail in many ways; none of them may stop the office
            log.error("model_not_loaded", model=name, reason=str(error))
            continue
        tagger = ModelTagger(model.classify, rules=rules, explaining=model.explaining, timed=metrics.classified)
        return Mind(tagger, thinking, tagger, model)
    readiness.degraded.append(DEGRADED)
    tagger = ModelTagger(None, rules=rules, timed=metrics.classified)
    return Mind(tagger, thinking, tagger)


def prepare(store: Store, settings: Settings, region: Region) -> Workshop:
    """The folders of models, with the released one in the list of versions."""
    note_released(store, settings.model_dir)
    return workshop(settings, region, store)


def build_learning(
    store: Store, office: Office, shop: Workshop, *, mind: Mind, owner: str, inbox: InboxLoop,
    readiness: Readiness, woken: Callable[[], None],
) -> Learning:  # fmt: skip
    """Wire what learns."""
    trainer = Trainer(store, office, shop, owner=owner, woken=woken)
    if mind.model is None:
        return Learning(trainer)

    def loaded() -> None:
        if DEGRADED in readiness.degraded:
            readiness.degraded.remove(DEGRADED)

    keeper = ModelKeeper(
        store, office, mind.model, shop, open_=open_model, current=mind.current, thinking=mind.thinking, woken=woken,
        loaded=loaded,
    )  # fmt: skip
    shadow = Shadow(
        store, office, mind.model, keeper, shop, open_=open_model, thinking=mind.thinking, idle=lambda: inbox.idle,
        woken=woken,
    )  # fmt: skip
    renewal = Renewal(
        store, office, current=lambda: keeper.current, thinking=mind.thinking, idle=lambda: inbox.idle
    )  # fmt: skip
    return Learning(trainer, keeper, shadow, renewal)
