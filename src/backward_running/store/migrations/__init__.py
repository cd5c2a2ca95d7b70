"""How a store of an older version becomes one of this version, one file per step, run by Alembic."""
