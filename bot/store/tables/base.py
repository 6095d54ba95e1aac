"""What every table is made with. Times are seconds since 1970 (UTC); JSON columns hold what no query looks into."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time: sa.Double[float] = sa.Double()


def row_id() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True, autoincrement=True)
