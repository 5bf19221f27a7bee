"""A run on two Dask workers, one of them killed: python clustered.py FOLDER REPORTS [kill] prints a line."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import loads

from dragoman.running.cluster import Cluster
from dragoman.running.parts import code_into_parts


def main() -> None:
    """Code into parts; tell the results, and again how many parts were made anew."""
    folder, count, kill = sys.argv[1], int(sys.argv[2]), "kill" in sys.argv
    load = loads.deadly if "deadly" in sys.argv else loads.slow
    found = []
    with Cluster(workers=2, load=load) as cluster:
        for result in code_into_parts(loads.reports(count), cluster, folder, coder="1"):
            found.append(result)
            if kill and len(found) in (17, 49):
                pids = list(cluster.client.run(os.getpid).values())
                os.kill(pids[0], signal.SIGKILL)
    print(json.dumps([getattr(result.coded, "id", None) or result.coded.error for result in found]))  # noqa: T201


if __name__ == "__main__":
    main()
