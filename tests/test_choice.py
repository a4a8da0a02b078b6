import pytest

from ntmsum.choice import MAX_LOSS, Verdict, choose
from ntmsum.engines import Hypothesis

BROKEN = Verdict(faults=("repetition",))
LOST = Verdict(facts=1)
MISSED = Verdict(misses=1)
CLEAN = Verdict()


@pytest.mark.parametrize(
    ("verdicts", "scores", "rank"),
    [
        ([CLEAN, CLEAN], [-0.1, -0.2], 0),  # equal: the likelier one
        ([LOST, CLEAN], [-0.1, -0.3], 1),  # facts before likelihood
        ([LOST, CLEAN], [-0.1, -0.2 - MAX_LOSS], 0),  # but not at any price
        ([BROKEN, LOST], [-0.1, -0.2], 1),  # broken text is worse than a lost fact
        ([MISSED, LOST], [-0.1, -0.1], 0),  # a missed term is better than a lost fact
        ([MISSED, CLEAN, CLEAN], [-0.1, -0.3, -0.2], 1),  # engines give the likelier first
    ],
)
def test_the_most_faithful_hypothesis_within_reach_is_chosen(verdicts, scores, rank):
    hypotheses = [Hypothesis(str(i), s, 5) for i, s in enumerate(scores)]
    choice = choose(hypotheses, lambda text: verdicts[int(text)], max_tokens=10)
    assert (choice.rank, choice.text, choice.verdict) == (rank, str(rank), verdicts[rank])


def test_a_hypothesis_that_was_cut_off_is_faulty():
    choice = choose(
        [Hypothesis("cut", -0.1, 10), Hypothesis("whole", -0.3, 9)], lambda text: CLEAN, max_tokens=10
    )
    assert choice.text == "whole"
    assert choose([Hypothesis("cut", -0.1, 10)], lambda text: CLEAN, max_tokens=10).verdict.faults == ("cut",)
