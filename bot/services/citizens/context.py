"""Read a few words in the light of what was told before: alone they may sound like an emergency that they are not."""

from dataclasses import replace

from bot.domain.case import PLACE, Case, Tags
from bot.domain.incoming import Said
from bot.domain.joining import is_fragment
from bot.domain.places_needed import is_bare
from bot.domain.records import told
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def in_context(uow: UnitOfWork, office: Office, case: Case, said: Said, tags: Tags) -> Tags:
    """A few words after others are read together with them: `tulung cepet` alone may look like an emergency."""
    if case.taken or not is_fragment(tags, said.text):
        return tags
    return _together(uow, office, case, said, tags)


def as_a_place(uow: UnitOfWork, office: Office, case: Case, said: Said, tags: Tags | None) -> Tags | None:
    """What looks like nothing but the place that was asked for is read together with the report, also hours later."""
    if tags is None or case.awaiting != PLACE or not is_bare(tags, said.text):
        return tags
    return _together(uow, office, case, said, tags)


def _together(uow: UnitOfWork, office: Office, case: Case, said: Said, tags: Tags) -> Tags:
    """The tags without an emergency that the words have only where they stand alone."""
    if not tags.emergency or case.tags.emergency:
        return tags
    before = [entry.text for entry in told(uow.cases.entries(case.id))]
    together = office.tagger.tag("\n".join([*before, said.text]))
    return tags if together.emergency else replace(tags, urgency=together.urgency)
