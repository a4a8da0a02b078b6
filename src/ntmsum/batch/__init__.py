"""Files of articles in, resumable results out: the same pipeline over an archive."""

from ntmsum.batch.cluster import Cluster
from ntmsum.batch.job import BatchSummary, Progress, run_batch
from ntmsum.batch.sources import Row, open_source

__all__ = ["BatchSummary", "Cluster", "Progress", "Row", "open_source", "run_batch"]
