from __future__ import annotations

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from curation.linkage import clusters


def test_those_that_are_alike_come_together() -> None:
    assert clusters([(0, 1, 80), (2, 3, 60), (3, 4, 30)], 50) == [(0, 1), (2, 3)]
    assert clusters([], 50) == []


def test_a_chain_of_neighbours_is_no_cluster() -> None:
    chain = [(n, n + 1, 60.0) for n in range(9)]
    assert max(map(len, clusters(chain, 50))) == 2


def test_a_cluster_may_miss_one_pair_if_the_others_are_alike_enough() -> None:
    pairs = [(0, 1, 90.0), (0, 2, 90.0), (1, 2, 90.0), (0, 3, 90.0), (1, 3, 90.0)]
    assert clusters(pairs, 50) == [(0, 1, 2, 3)]
    assert clusters([(a, b, 60.0 if b == 3 else alike) for a, b, alike in pairs], 50) == [(0, 1, 2)]


def test_those_apart_never_come_together_even_by_way_of_others() -> None:
    pairs = [(a, b, 90.0) for a, b in itertools.combinations(range(4), 2)]
    found = clusters(pairs, 50, apart=[(0, 3)])
    assert all(not {0, 3} <= set(cluster) for cluster in found)
    assert sorted(itertools.chain(*found)) == [0, 1, 2]


numbers = st.integers(0, 8)
some_pairs = st.dictionaries(
    st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), st.integers(50, 100).map(float), max_size=20
)
apart = st.sets(st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), max_size=4)


@given(some_pairs, apart, st.randoms(use_true_random=False))
def test_clusters_are_apart_close_and_the_same_in_any_order(
    alike: dict[tuple[int, int], float], apart: set[tuple[int, int]], rng: random.Random
) -> None:
    pairs = [(a, b, score) for (a, b), score in alike.items()]
    found = clusters(pairs, 60, apart)
    assert found == clusters(rng.sample(pairs, len(pairs)), 60, sorted(apart))
    members = list(itertools.chain(*found))
    assert len(members) == len(set(members))
    for cluster in found:
        inside = list(itertools.combinations(cluster, 2))
        assert apart.isdisjoint(inside)
        # Every join had an average of 60 or more, so all pairs together have.
        assert sum(alike.get(pair, 0) for pair in inside) >= 60 * len(inside) - 1e-6


@given(some_pairs)
def test_it_ends_only_when_nothing_more_can_be_joined(alike: dict[tuple[int, int], float]) -> None:
    pairs = [(a, b, score) for (a, b), score in alike.items()]
    found = clusters(pairs, 60)
    single = {one for pair in alike for one in pair}.difference(*found)
    for one, other in itertools.combinations([*found, *((one,) for one in single)], 2):
        between = [alike.get((min(a, b), max(a, b)), 0.0) for a in one for b in other]
        assert sum(between) / len(between) < 60
