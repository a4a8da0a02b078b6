from hypothesis import given, settings
from hypothesis import strategies as st

from ntmsum.composing import Unit, compose


def never(one, other):
    return 0.0


def same_start(one, other):
    return float(one[0] == other[0])


def texts(units, overlap=never, low=0, high=100, most=3):
    return [u.text for u in compose(units, overlap, low, high, most)]


def test_the_most_telling_stand_in_the_order_of_the_article():
    units = [Unit("a", 0, 1.0, 10), Unit("b", 1, 0.1, 10), Unit("c", 2, 3.0, 10), Unit("d", 3, 2.0, 10)]
    assert texts(units, most=2) == ["c", "d"]


def test_one_form_of_a_sentence_at_most():
    units = [Unit("long form", 0, 2.0, 40), Unit("short", 0, 1.9, 12), Unit("other", 1, 1.0, 12)]
    assert texts(units) == ["short", "other"]


def test_what_says_the_same_does_not_stand_twice():
    units = [Unit("x1", 0, 2.0, 10), Unit("x2", 1, 2.0, 10), Unit("y", 2, 0.8, 10)]
    assert texts(units, same_start, most=2) == ["x1", "y"]


def test_the_length_asked_for_is_kept_where_it_can_be():
    units = [Unit("a", 0, 2.0, 50), Unit("b", 1, 1.5, 20), Unit("c", 2, 1.4, 20)]
    assert texts(units, high=45) == ["b", "c"]
    assert texts([Unit("a", 0, 2.0, 200)], high=45) == ["a"]


def test_nothing_comes_from_nothing():
    assert texts([]) == []


@settings(deadline=None)
@given(
    st.lists(st.builds(Unit, st.text(max_size=3), st.integers(0, 9), st.floats(-3, 3), st.integers(1, 60)))
)
def test_a_choice_is_ordered_and_bounded(units):
    chosen = compose(units, never, 40, 80, 3)
    places = [u.at for u in chosen]
    assert places == sorted(set(places)) and len(chosen) <= 3
    assert bool(chosen) == bool(units)
