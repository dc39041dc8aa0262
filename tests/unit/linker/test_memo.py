"""What is remembered of questions that come back to themselves, and what the one who asks first has to do with it."""

from __future__ import annotations

from flowmap.linker.memo import MAX_WORK, STEPS, Memo
from flowmap.linker.terms import Literal, Unknown, Value

NOTHING: list[str] = []


def test_an_answer_that_rests_on_an_open_question_is_not_kept() -> None:
    memo = Memo()

    def inner() -> list[str]:
        return [*memo.guarded(("outer",), outer, NOTHING), "inner"]

    def outer() -> list[str]:
        return [*memo.guarded(("inner",), inner, NOTHING), "outer"]

    assert memo.guarded(("outer",), outer, NOTHING) == ["inner", "outer"]
    assert memo.guarded(("inner",), inner, NOTHING) == ["inner", "outer", "inner"]


def test_an_answer_about_the_whole_program_is_the_same_whoever_asks_first() -> None:
    def answers(first: str) -> tuple[list[str], list[str]]:
        memo = Memo()

        def whole() -> list[str]:
            return [*memo.guarded(("one",), one, NOTHING), "whole"]

        def one() -> list[str]:
            return [*memo.aside(("whole",), whole, NOTHING), "one"]

        if first == "one":
            memo.guarded(("one",), one, NOTHING)
        return memo.aside(("whole",), whole, NOTHING), memo.guarded(("one",), one, NOTHING)

    assert answers("one") == answers("whole") == (["one", "whole"], ["one", "whole", "one"])


def test_two_such_questions_that_need_each_other_come_to_an_end() -> None:
    memo = Memo()

    def left() -> list[str]:
        return [*memo.aside(("right",), right, NOTHING), "left"]

    def right() -> list[str]:
        return [*memo.aside(("left",), left, NOTHING), "right"]

    assert memo.aside(("left",), left, NOTHING) == ["right", "left"]
    assert memo.aside(("right",), right, NOTHING) == ["right", "left", "right"]


def test_its_steps_are_not_those_of_the_question_around_it() -> None:
    memo = Memo()

    def many() -> list[str]:
        for number in range(MAX_WORK + 1):
            memo.counted((number,), lambda: (Literal("x"),))
        return ["many"]

    memo.ask("shop/main.py", 7)
    assert memo.aside(("many",), many, NOTHING) == ["many"]
    assert memo.counted(("after",), lambda: (Literal("y"),)) == (Literal("y"),)
    assert memo.asked_of == ("shop/main.py", 7)


def test_too_many_steps_are_said() -> None:
    memo = Memo()
    memo.ask("shop/main.py", 7)
    answers: list[Value] = [memo.counted((number,), lambda: (Literal("x"),)) for number in range(MAX_WORK + 1)]
    assert answers[-2:] == [(Literal("x"),), (Unknown(STEPS, cut=True),)]
    assert (memo.bounds_hit[STEPS].path, memo.bounds_hit[STEPS].line) == ("shop/main.py", 7)


def test_an_answer_that_rests_on_such_a_question_is_worked_out_once_for_it() -> None:
    memo, times = Memo(), []

    def whole() -> list[str]:
        return [*memo.aside(("part",), part, NOTHING), *memo.aside(("part",), part, NOTHING)]

    def part() -> list[str]:
        times.append(memo.aside(("whole",), whole, ["still open"]))
        return ["part"]

    assert memo.aside(("whole",), whole, NOTHING) == ["part", "part"]
    assert times == [["still open"]]
    assert memo.aside(("part",), part, NOTHING) == ["part"]
    assert times == [["still open"], ["part", "part"]]


def test_a_question_beside_another_has_steps_of_its_own() -> None:
    memo = Memo()
    memo.ask("app.py", 3)

    def steps(name: str, number: int) -> Value:
        return [memo.counted((name, n), lambda: (Literal(1),)) for n in range(number)][-1]

    steps("before", MAX_WORK - 1)
    assert memo.apart(lambda: steps("beside", MAX_WORK)) == (Literal(1),)
    assert memo.apart(lambda: steps("beyond", MAX_WORK + 1)) == (Unknown(STEPS, cut=True),)
    assert memo.times_hit(STEPS) == 0
    assert steps("after", 1) == (Literal(1),)
    assert steps("too many", 1) == (Unknown(STEPS, cut=True),)
    assert memo.times_hit(STEPS) == 1
