"""The words of every case, in step with it: masked, folded, and beside them marks of who may find the case.

SQLite searches them by FTS5 (migration 0006 has its table and triggers), PostgreSQL by a GIN index on `tsvector`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.domain.labels import EMERGENCY, OVERSIGHT
from bot.domain.lists import Scope
from bot.domain.privacy import mask
from bot.domain.records import REPORTED
from bot.domain.searching import BEGINNING, with_bare, words_of
from bot.store.sql import upsert_for
from bot.store.tables import case, case_words, entry

FOUND_BY = frozenset({"unit", "location", "urgency", "topic", "further", "secret", "accused"})
"""Columns of a case that its words and marks come from."""
NEWEST = (20_000, 200_000)  # of how many cases PostgreSQL asks first: what is common is found among them

NOTHING = Scope(frozenset())

# Statements of the hot path are built once: building one costs more than running it.
_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_CASES = (
    sa.select(case.c.id, case.c.code, *(case.c[name] for name in sorted(FOUND_BY)))
    .where(case.c.id.in_(_IDS))
    .order_by(case.c.id)
)
_TOLD = (
    sa.select(entry.c.case_id, entry.c.text)
    .where(entry.c.case_id.in_(_IDS), entry.c.kind.in_(REPORTED))
    .order_by(entry.c.case_id, entry.c.id)
)
_FOUND_SQLITE = sa.text(
    "SELECT rowid FROM case_search WHERE case_search MATCH :query ORDER BY rowid DESC LIMIT :most"
)
_FOUND_POSTGRESQL = sa.text(  # materialised: ordered by id it would be tempted to test every case there is
    "WITH found AS MATERIALIZED"
    " (SELECT case_id FROM case_words WHERE words @@ CAST(:query AS tsquery) AND case_id > :after)"
    " SELECT case_id FROM found ORDER BY case_id DESC LIMIT :most"
)


def write_words(connection: sa.Connection, case_ids: Collection[int]) -> None:
    """Note the words of these cases as they are now."""
    ids = sorted(case_ids)
    if not ids:
        return
    told = connection.execute(_TOLD, {"ids": ids})
    texts = {key: [row.text for row in rows] for key, rows in groupby(told, key=lambda row: row.case_id)}
    cases = connection.execute(_CASES, {"ids": ids})
    rows = [{"case_id": row.id, "words": " ".join(_words(row, texts.get(row.id, ())))} for row in cases]
    if rows:
        connection.execute(_keep(connection.dialect.name), rows)


@cache
def _keep(dialect: str) -> Any:
    insert = upsert_for(dialect, case_words)
    new = insert.excluded.words
    return insert.on_conflict_do_update(
        index_elements=[case_words.c.case_id], set_={"words": new}, where=case_words.c.words != new
    )


def find_words(connection: sa.Connection, scope: Scope, words: Sequence[str], *, most: int) -> list[int]:
    """Ids of the cases in scope that have every word, the newest first; words that begin so where none has them."""
    if scope == NOTHING:
        return []
    ways = (False, True) if any(len(word) >= BEGINNING for word in words) else (False,)
    for beginnings in ways:  # a common beginning costs the databases a hundred times as much as a common word
        if found := _find(connection, scope, words, most=most, beginnings=beginnings):
            return found
    return []


def _find(
    connection: sa.Connection, scope: Scope, words: Sequence[str], *, most: int, beginnings: bool
) -> list[int]:
    open_ended = [beginnings and len(word) >= BEGINNING for word in words]
    if connection.dialect.name == "sqlite":
        asked = [f'"{word}"*' if more else f'"{word}"' for word, more in zip(words, open_ended, strict=True)]
        query = " AND ".join([*asked, *_allowed_fts5(scope)])
        query = "".join([f"({query})", *(f' NOT "{_apart(unit)}"' for unit in sorted(scope.sitting))])
        values = {"query": query, "most": most}
        return list(connection.execute(_FOUND_SQLITE, values).scalars())
    asked = [f"'{word}':*" if more else f"'{word}'" for word, more in zip(words, open_ended, strict=True)]
    apart = [f"!'{_apart(unit)}'" for unit in sorted(scope.sitting)]
    values = {"query": " & ".join([*asked, *_allowed_tsquery(scope), *apart]), "most": most}
    newest = connection.execute(sa.select(sa.func.max(case_words.c.case_id))).scalar() or 0
    found: list[int] = []
    for after in [*(newest - many for many in NEWEST if many < newest), 0]:
        found = list(connection.execute(_FOUND_POSTGRESQL, {**values, "after": after}).scalars())
        if len(found) == most:
            break
    return found


def _words(row: sa.Row[Any], texts: Iterable[str]) -> Iterator[str]:
    """What a group may read of a case, and marks that no word can be: they hold an underscore."""
    told = row.code if row.secret else "\n".join([row.code, *texts, row.location or ""])
    yield from with_bare(words_of(_without_personal_data(told)))
    yield _unit(row.unit)
    if row.urgency == EMERGENCY:
        yield _mark(EMERGENCY)
    if OVERSIGHT in (row.topic, *row.further):
        yield _mark(OVERSIGHT)
    yield from (_apart(unit) for unit in row.accused)


def _without_personal_data(text: str) -> str:
    """A number that is masked on the card may not be found either: who searches for it would learn whose it is."""
    pieces, position = [], 0
    for part in mask(text).parts:
        pieces.append(text[position : part.start])
        position = part.end
    return " ".join([*pieces, text[position:]])


def _allowed_fts5(scope: Scope) -> list[str]:
    if scope.units is None:
        return []
    either = [f'"{_unit(unit)}"' for unit in sorted(scope.units)]
    if scope.emergencies:
        either.append(f'("{_mark(EMERGENCY)}" NOT "{_mark(OVERSIGHT)}")')
    return [f"({' OR '.join(either)})"]


def _allowed_tsquery(scope: Scope) -> list[str]:
    if scope.units is None:
        return []
    either = [f"'{_unit(unit)}'" for unit in sorted(scope.units)]
    if scope.emergencies:
        either.append(f"('{_mark(EMERGENCY)}' & !'{_mark(OVERSIGHT)}')")
    return [f"({' | '.join(either)})"]


def _unit(unit: str) -> str:
    return f"di_{unit}"


def _apart(unit: str) -> str:
    return f"bukan_{unit}"


def _mark(label: str) -> str:
    return f"_{label}"
