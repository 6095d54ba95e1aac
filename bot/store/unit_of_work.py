"""The unit of work: one transaction and its repositories."""

import sqlalchemy as sa

from bot.store.appointments import Appointments
from bot.store.cases import Cases
from bot.store.clock import Clock
from bot.store.desks import Desks
from bot.store.drafts import Drafts
from bot.store.erasing import Erasing
from bot.store.evidence import Evidences
from bot.store.handovers import Handovers
from bot.store.inbox import Inbox
from bot.store.lessons import Lessons
from bot.store.lists import Lists
from bot.store.models import Models, Shadows
from bot.store.notices import Notices
from bot.store.offices import Offices
from bot.store.outbox import Outbox
from bot.store.overdue import Overdue
from bot.store.people import People
from bot.store.performance import Performances
from bot.store.privacy import Accusing, Quotes, Readings, SecretReaders, WishesAhead
from bot.store.rights import Rights
from bot.store.roles import Roles
from bot.store.rooms import Rooms
from bot.store.similar import Similar
from bot.store.teaching import Teaching
from bot.store.training import Training
from bot.store.unsealing import Unsealings
from bot.store.web_keys import WebKeys
from bot.store.workers import Workers


class SqlUnitOfWork:
    """What a use case may touch; committed by whoever opened it."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.inbox = Inbox(connection)
        self.outbox = Outbox(connection)
        self.cases = Cases(connection)
        self.people = People(connection)
        self.desks = Desks(connection)
        self.rooms = Rooms(connection)
        self.roles = Roles(connection)
        self.drafts = Drafts(connection)
        self.workers = Workers(connection)
        self.evidence = Evidences(connection)
        self.lists = Lists(connection)
        self.clock = Clock(connection)
        self.lessons = Lessons(connection)
        self.teaching = Teaching(connection)
        self.performance = Performances(connection)
        self.web_keys = WebKeys(connection)
        self.training = Training(connection)
        self.models = Models(connection)
        self.shadows = Shadows(connection)
        self.readings = Readings(connection)
        self.secret_readers = SecretReaders(connection)
        self.wishes = WishesAhead(connection)
        self.quotes = Quotes(connection)
        self.accusing = Accusing(connection)
        self.unsealings = Unsealings(connection)
        self.handovers = Handovers(connection)
        self.rights = Rights(connection)
        self.notices = Notices(connection)
        self.erasing = Erasing(connection)
        self.overdue = Overdue(connection)
        self.similar = Similar(connection)
        self.offices = Offices(connection)
        self.appointments = Appointments(connection)

    def flush(self) -> None:
        """Write what was only collected so far."""
        self.cases.flush()
        self.outbox.flush()
