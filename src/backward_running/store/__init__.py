"""Store: memory, the only room with a disk and a database. One file is one backend."""
