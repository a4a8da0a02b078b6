"""The same job on a real Ray cluster of several nodes on this machine."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from batch import stubs
from ntmsum.batch import Cluster, run_batch
from ntmsum.batch import cluster as cluster_module
from ntmsum.errors import ClusterError, ModelError

TESTS = Path(__file__).resolve().parents[1]
SOURCE = TESTS.parent / "src"
STORE = 80_000_000


# How soon a lost node is noticed; Ray's own settings take a minute.
HEALTH = {
    "health_check_initial_delay_ms": 0,
    "health_check_period_ms": 1000,
    "health_check_failure_threshold": 5,
}


@pytest.fixture(scope="module")
def nodes():
    """A Ray cluster: a head without cores, so that no work runs there, and three nodes with one core each."""
    ray = cluster_module.import_ray()
    from ray.cluster_utils import Cluster as RayCluster

    base = {"include_dashboard": False, "object_store_memory": STORE}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(map(str, (SOURCE, TESTS))))
        made = RayCluster(
            initialize_head=True, head_node_args={"num_cpus": 0, "_system_config": HEALTH, **base}
        )
        try:
            for _ in range(3):
                made.add_node(num_cpus=1, object_store_memory=STORE)
            made.wait_for_nodes()
            yield made
        finally:
            ray.shutdown()
            made.shutdown()


def computed(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
def test_what_a_cluster_began_a_local_run_ends(nodes, table, tmp_path):
    source, calm, target = table(*range(40)), tmp_path / "calm.jsonl", tmp_path / "out.jsonl"
    run_batch(source, calm, load=stubs.load, group=4)

    def stop(progress):
        if progress.computed >= 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(
            source, target, load=stubs.load, group=4, cluster=Cluster(nodes.address), workers=2, progress=stop
        )
    rest = run_batch(source, target, load=stubs.load, group=4)
    assert rest.computed <= 28
    assert target.read_bytes() == calm.read_bytes()


@pytest.mark.slow
def test_what_does_not_load_on_the_cluster_is_explained(nodes, table, tmp_path):
    for load, says in ((stubs.unloadable, "weights-0 is missing"), (stubs.too_large, "SIGKILL")):
        with pytest.raises(ModelError, match=says):
            run_batch(table(1), tmp_path / "out.jsonl", load=load, cluster=Cluster(nodes.address))
    fickle = partial(stubs.fickle, str(tmp_path / "loads"))
    with pytest.raises(ModelError, match=r"nodes of the cluster differ.*scripted 2.*the run is.*scripted 1"):
        run_batch(table(1), tmp_path / "out.jsonl", load=fickle, cluster=Cluster(nodes.address), workers=1)
    with pytest.raises(ClusterError, match="has 3 CPUs and 0 GPUs"):
        run_batch(table(1), tmp_path / "out.jsonl", load=stubs.load, cluster=Cluster(nodes.address, gpus=1))


@pytest.mark.slow
def test_actors_that_die_again_and_again_end_the_run(nodes, table, tmp_path):
    """Retried for ever, they would hold the cluster for ever."""
    with pytest.raises(ClusterError, match=r"no result in 4 attempts.*what is finished is kept"):
        run_batch(
            table(1), tmp_path / "out.jsonl", load=stubs.fatal, cluster=Cluster(nodes.address), workers=1
        )


@pytest.mark.slow
def test_a_node_that_is_removed_half_way_costs_nothing(nodes, table, tmp_path, lines):
    articles = [i % 90 for i in range(100)]
    source = table(*articles, "", "KILL")
    calm, target, log = tmp_path / "calm.jsonl", tmp_path / "out.jsonl", tmp_path / "log"
    run_batch(source, calm, load=stubs.load, group=4)
    removed = []

    def remove(progress):
        if not removed and progress.computed >= 30:
            removed.append(next(iter(nodes.worker_nodes)))
            nodes.remove_node(removed[0], allow_graceful=False)

    done = run_batch(
        source,
        target,
        load=partial(stubs.load, str(log), delay=0.05),
        group=4,
        cluster=Cluster(nodes.address),
        progress=remove,
    )
    assert removed
    assert (done.rows, done.failed) == (102, 2)
    assert target.read_bytes() == calm.read_bytes()
    assert [o["row"] for o in lines(target)] == list(range(1, 103))
    assert "SIGKILL" in lines(target)[-1]["error"]
    assert len(set(computed(log))) == 92
    again = run_batch(source, target, load=stubs.load, group=4, cluster=Cluster(nodes.address))
    assert (again.computed, target.read_bytes()) == (0, calm.read_bytes())


@pytest.mark.slow
def test_the_shipped_model_answers_as_it_does_locally(examples, tmp_path, pipeline):
    rows = [{"id": f.name, "text": f.read_text(encoding="utf-8")[:700]} for f in examples[:4]]
    cluster_module.import_ray()
    there, here = tmp_path / "there.jsonl", tmp_path / "here.jsonl"
    run_batch(rows, there, cluster=Cluster("local"), workers=1, length="short")
    run_batch(rows, here, length="short")
    assert there.read_bytes() == here.read_bytes()
    assert len(here.read_bytes()) > 1000


def test_without_ray_one_sentence_says_what_to_install(table, tmp_path):
    code = (
        "import sys; sys.modules['ray'] = None\n"
        "from ntmsum.batch import Cluster, run_batch\n"
        "from ntmsum.errors import ClusterError\n"
        "try:\n"
        "    run_batch(sys.argv[1], sys.argv[2], cluster=Cluster())\n"
        "except ClusterError as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", code, str(table(1)), str(tmp_path / "out.jsonl")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "--cluster needs Ray" in said
    assert said.rstrip().endswith("pip install 'ntmsum[cluster]'")
    assert len(said.splitlines()) == 1
