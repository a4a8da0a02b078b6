"""How good is it, where is it bad, and did this change make it worse: metrics, suites, gate, report."""
