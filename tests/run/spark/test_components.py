from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rashomon.errors import EngineError

try:
    import networkx as nx

    from rashomon.run.spark.components import find_components
except ImportError:
    pytest.skip("pyspark or networkx is not installed", allow_module_level=True)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark says so whenever it meets the newest pandas.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

Edges = list[tuple[int, int]]


def graphs() -> list[Edges]:
    """A long chain, a chain in random order, a star, a clique, a pair given both ways beside a loop, and random graphs."""
    chance = np.random.default_rng(7)
    return [
        [(n, n + 1) for n in range(300)],
        list(pairwise(chance.permutation(300).tolist())),
        [(400, n) for n in range(800) if n != 400],
        [(a, b) for a in range(30) for b in range(a)],
        [(1, 2), (2, 1), (3, 3)],
        *(
            chance.integers(n_nodes, size=(int(share * n_nodes), 2)).tolist()
            for n_nodes in (20, 100, 500)
            for share in (0.4, 0.6, 1.5)
        ),
    ]


def edges_of(graphs: list[Edges]) -> Edges:
    """The graphs as one, each with nodes of its own, negative and large ones too; edges in random order."""
    chance = np.random.default_rng(11)
    names: dict[tuple[int, int], int] = defaultdict(lambda: int(chance.integers(-(2**63), 2**63 - 1)))
    edges = [(names[n, a], names[n, b]) for n, own in enumerate(graphs) for a, b in own]
    return [edges[n] for n in chance.permutation(len(edges)).tolist()]


def test_components_are_those_of_networkx(spark: SparkSession) -> None:
    """Chains, stars, cliques and random graphs fall into the parts that networkx finds, each named by its least node."""
    edges = edges_of(graphs())
    graph = nx.Graph(edges)
    graph.remove_nodes_from([n for n in list(graph) if set(graph[n]) <= {n}])
    wanted = {node: min(part) for part in nx.connected_components(graph) for node in part}
    table = spark.createDataFrame(edges, "a bigint, b bigint").repartition(5)
    for few in (0, len(edges)):
        found = [(row["node"], row["least"]) for row in find_components(table, few).collect()]
        assert dict(found) == wanted
        assert len(found) == len(wanted)


def test_a_graph_without_edges_has_no_components(spark: SparkSession) -> None:
    """Nothing in, nothing out."""
    assert find_components(spark.createDataFrame([], "a bigint, b bigint")).collect() == []


def test_rounds_are_bounded(spark: SparkSession) -> None:
    """What does not come to an end says so."""
    table = spark.createDataFrame([(n, n + 1) for n in range(50)], "a bigint, b bigint").repartition(5)
    with pytest.raises(EngineError, match="not found in 1 rounds"):
        find_components(table, 0, most_rounds=1)
