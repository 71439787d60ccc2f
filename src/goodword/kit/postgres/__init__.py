"""A private PostgreSQL: found, laid, started and stopped. No Django here.

``Cluster(folder, log).start()`` is the whole of it; everything else is in the service of that line.
"""

from goodword.kit.postgres.binaries import Binaries, find_binaries
from goodword.kit.postgres.cluster import Cluster, Server
from goodword.kit.postgres.databases import make_database
from goodword.kit.postgres.troubles import PostgresTrouble

__all__ = ["Binaries", "Cluster", "PostgresTrouble", "Server", "find_binaries", "make_database"]
