import threading
import time

import pytest

from app.page_script import ARTICLE, scripted_pipeline
from ntmsum.app.service import BusyError, Service, Waiting, own_glossary
from ntmsum.errors import InputError, ModelError


@pytest.fixture
def service(stub):
    return Service(lambda: stub)


def test_steps_come_in_order_and_the_model_is_loaded_once(stub):
    loads = []
    service = Service(lambda: loads.append(1) or stub)
    for _ in range(2):
        steps = list(service.results(lambda: service.pipeline().stream(ARTICLE)))
        assert [list(s.timings)[-1] for s in steps] == [
            "normalize",
            "summarize",
            "translate",
            "translate",
            "check",
        ]
    assert loads == [1]
    assert service.loaded
    assert service.idle


def test_whoever_waits_is_told_that_work_goes_on(service, engine):
    engine.permits = threading.Semaphore(0)
    steps = service.steps(lambda: service.pipeline().stream(ARTICLE))
    assert next(s for s in steps if s != Waiting(0)).summary is None
    assert next(steps) == Waiting(0)
    assert not service.idle
    engine.permits.release(10)
    *_, last = steps
    assert last.alerts


def test_visitors_are_served_in_the_order_in_which_they_came(service, engine):
    engine.permits = threading.Semaphore(0)
    first = service.steps(lambda: service.pipeline().stream(ARTICLE))
    next(first)
    served = []

    def visit(name):
        places = []
        for step in service.steps(lambda: service.pipeline().stream(ARTICLE)):
            if isinstance(step, Waiting):
                places.append(step.ahead)
        served.append((name, places))

    visitors = []
    for name in range(5):
        visitors.append(threading.Thread(target=visit, args=(name,)))
        visitors[-1].start()
        while len(service._line) < name + 2:
            time.sleep(0.005)
    engine.permits.release(1000)
    list(first)
    for visitor in visitors:
        visitor.join()
    assert [name for name, _ in served] == [0, 1, 2, 3, 4]
    for name, places in served:
        assert places[0] == name + 1
        assert places == sorted(places, reverse=True)


def test_whoever_leaves_the_line_frees_the_place(service, engine):
    engine.permits = threading.Semaphore(0)
    first, second, third = (service.steps(lambda: service.pipeline().stream(ARTICLE)) for _ in range(3))
    next(first)
    assert [next(second), next(third)] == [Waiting(1), Waiting(2)]
    second.close()
    assert next(third) == Waiting(1)
    third.close()
    assert len(service._line) == 1
    engine.permits.release(10)
    list(first)
    assert service.idle


def test_the_line_has_an_end(stub):
    service = Service(lambda: stub, most=1)
    first = service.steps(lambda: service.pipeline().stream(ARTICLE))
    next(first)
    with pytest.raises(BusyError):
        service.do(service.pipeline)
    first.close()
    assert service.do(service.pipeline) is stub


def test_who_stops_reading_stops_the_work_after_the_step_under_way(service, engine):
    engine.permits = threading.Semaphore(1)
    steps = service.steps(lambda: service.pipeline().stream(ARTICLE))
    while isinstance(step := next(steps), Waiting) or step.summary is None:
        pass
    steps.close()
    assert service.idle
    engine.permits.release(10)
    assert service.do(lambda: "next visitor") == "next visitor"
    assert len(engine.prompts) <= 2


def test_no_two_visitors_decode_at_once(service, engine):
    def visit():
        list(service.steps(lambda: service.pipeline().stream(ARTICLE)))

    visitors = [threading.Thread(target=visit) for _ in range(6)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert engine.most_running == 1


def test_errors_of_the_work_reach_the_visitor_and_nobody_else(service):
    with pytest.raises(InputError):
        list(service.steps(lambda: service.pipeline().stream(" ")))
    assert list(service.results(lambda: service.pipeline().stream(ARTICLE)))


def test_a_model_that_fails_to_load_is_tried_again():
    def fail():
        raise ModelError("gone")

    service = Service(fail)
    service.warm()
    for _ in range(2):
        with pytest.raises(ModelError):
            service.do(service.pipeline)
    assert not service.loaded


def test_own_terms_hold_for_their_visitor_only(service, engine):
    own = own_glossary([["chợ phiên", "weekly fair"]])
    mine = service.do(lambda: service.personal(own, "vi"))
    assert mine.translator.translate(["Xã có chợ phiên."])[0].terms[-1].term.en == "weekly fair"
    others = service.do(lambda: service.personal(None, "vi"))
    assert all(t.term.en != "weekly fair" for t in others.translator.translate(["Xã có chợ phiên."])[0].terms)
    assert mine.checker.language == "vi"
    assert mine.summarizer is others.summarizer


def test_shutdown_waits_for_running_work_but_not_for_ever(service, engine):
    engine.permits = threading.Semaphore(0)
    visitor = threading.Thread(target=lambda: list(service.steps(lambda: service.pipeline().stream(ARTICLE))))
    visitor.start()
    while service.idle:
        time.sleep(0.01)
    assert not service.wait_until_idle(0.2)
    engine.permits.release(10)
    assert service.wait_until_idle(10)
    visitor.join()


def test_the_scripted_pipeline_is_the_real_one(engine):
    assert scripted_pipeline(engine)(ARTICLE).summary.sentences[0].evidence == (1,)
