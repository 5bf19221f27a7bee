"""Shards as Ray tasks give what one process gives; skipped where Ray is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("ray")
sys.path.insert(0, str(Path(__file__).parent))
import loads

from dragoman.model.documents import Failure
from dragoman.running.ray_cluster import RayCluster
from dragoman.running.shard import in_process


def test_the_same_results_and_a_deadly_report_is_a_failure() -> None:
    documents = loads.reports(40)
    shards = [documents[start : start + 5] for start in range(0, 40, 5)]
    alone = list(in_process(loads.quick(loads.SETTINGS))(iter(shards)))
    with RayCluster(workers=2, load=loads.quick) as cluster:
        assert list(cluster([[], *shards])) == [[], *alone]
    with RayCluster(workers=2, load=loads.deadly) as cluster:
        found = [item for results in cluster(iter(shards)) for item in results]
    failures = [item for item in found if isinstance(item, Failure)]
    assert [failure.document_id for failure in failures] == [loads.DEADLY]
    assert [item for item in found if item not in failures] == [
        item for results in alone for item in results if item.id != loads.DEADLY
    ]
