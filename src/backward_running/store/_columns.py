"""What tables are made of, and the two that are of the store itself: everybody else's rows hang on a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Double, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_COUNTER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself there


def counter(name: str) -> Column[int]:
    """Return a key that counts up by itself."""
    return Column(name, _COUNTER, primary_key=True, autoincrement=True)


def seconds(direction: str) -> Column[float]:
    """Return how long somebody moved in a direction; of each session that is stored this is known."""
    return Column(f"{direction}_s", Double, nullable=False)


def of_person() -> Column[str]:
    """Say whose a row is. It comes first: behind the long texts SQLite would have to read all of them."""
    return Column("athlete_id", Text, ForeignKey("person.athlete_id", ondelete="CASCADE"), nullable=False)


def of_activity() -> tuple[Any, ...]:
    """Say to which activity a row belongs, and whose that is."""
    ours, theirs = ["athlete_id", "activity_id"], ["activity.athlete_id", "activity.activity_id"]
    columns = [Column(name, Text, nullable=False) for name in ours]
    return (*columns, ForeignKeyConstraint(ours, theirs, ondelete="CASCADE"))


#: What the program keeps of the store itself: of nobody.
meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

#: Everybody whose rows are here. With one of them go all of their rows.
person = Table(
    "person",
    metadata,
    Column("athlete_id", Text, primary_key=True),
    #: Counts up with every change of what sessions are derived from; of two who change that, the second waits here.
    Column("revision", BigInteger, nullable=False, server_default="0"),
)
