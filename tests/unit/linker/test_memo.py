"""What is remembered of questions that come back to themselves, and what the one who asks first has to do with it."""

from __future__ import annotations

from flowmap.linker.memo import AGAIN, IMPATIENT, MAX_WORK, PATIENCE, STEPS, TABLES, Memo
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


def test_it_is_kept_for_as_long_as_that_question_is_open() -> None:
    memo, times = Memo(), []

    def inner() -> list[str]:
        times.append("inner")
        return [*memo.guarded(("outer",), outer, NOTHING), "inner"]

    def outer() -> list[str]:
        return [text for _ in range(3) for text in memo.guarded(("inner",), inner, NOTHING)]

    assert memo.guarded(("outer",), outer, NOTHING) == ["inner", "inner", "inner"]
    assert times == ["inner"]
    memo.guarded(("inner",), inner, NOTHING)
    assert times == ["inner", "inner"]


def test_it_is_kept_no_longer_than_the_innermost_question_that_it_rests_on() -> None:
    memo, times = Memo(), []

    def leaf() -> list[str]:
        times.append("leaf")
        return [*memo.guarded(("near",), near, ["?near"]), *memo.guarded(("far",), far, ["?far"])]

    def near() -> list[str]:
        return memo.guarded(("leaf",), leaf, NOTHING)

    def far() -> list[str]:
        return [*memo.guarded(("near",), near, NOTHING), *memo.guarded(("leaf",), leaf, NOTHING)]

    assert memo.guarded(("far",), far, NOTHING) == ["?near", "?far", "?near", "?far", "?far"]
    assert times == ["leaf", "leaf"]


def test_ways_that_come_together_before_they_come_back_are_gone_once() -> None:
    memo, times = Memo(), [0]

    def asked(number: int) -> int:
        def work() -> int:
            times[0] += 1
            return asked((number + 1) % 30) + asked((number + 1) % 30)

        return memo.guarded((number,), work, 1)

    assert asked(0) == 2**30
    assert times == [30]


def test_a_question_about_the_whole_program_does_not_see_what_is_kept_so() -> None:
    memo = Memo()

    def inner() -> list[str]:
        return [*memo.guarded(("outer",), outer, ["?"]), "inner"]

    def whole() -> list[str]:
        return memo.guarded(("inner",), inner, NOTHING)

    def outer() -> list[str]:
        return [*memo.guarded(("inner",), inner, NOTHING), *memo.aside(("whole",), whole, NOTHING)]

    assert memo.guarded(("outer",), outer, NOTHING)[:2] == ["?", "inner"]
    assert memo.aside(("whole",), whole, NOTHING)[-1] == "inner"
    assert "?" not in memo.aside(("whole",), whole, NOTHING)[:1]


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


def test_questions_have_fewer_steps_where_all_together_took_very_many() -> None:
    memo = Memo()

    def asked(question: int, steps: int) -> Value:
        memo.ask("shop/main.py", question)
        return [memo.counted((question, n), lambda: (Literal("x"),)) for n in range(steps)][-1]

    for question in range(PATIENCE // MAX_WORK):
        assert asked(question, MAX_WORK) == (Literal("x"),)
    assert asked(99, PATIENCE % MAX_WORK - 1) == (Literal("x"),)
    assert asked(100, IMPATIENT) == (Literal("x"),)
    assert asked(101, IMPATIENT + 1) == (Unknown(STEPS, cut=True),)
    assert (memo.bounds_hit[STEPS].path, memo.bounds_hit[STEPS].line) == ("shop/main.py", 101)
    assert asked(102, IMPATIENT) == (Literal("x"),)


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


def _numbers(value: Value) -> list[int]:
    return [t.value for t in value if isinstance(t, Literal) and isinstance(t.value, int)]


def test_an_answer_that_comes_back_to_itself_grows_until_nothing_is_added() -> None:
    memo, times = Memo(), []

    def work() -> Value:
        times.append(len(times))
        deeper = memo.settled(("walk",), work, lambda value: value)
        return (Literal(0), *(Literal(n + 1) for n in _numbers(deeper) if n < 2))

    assert memo.settled(("walk",), work, lambda value: value) == (Literal(0), Literal(1), Literal(2))
    assert times == [0, 1, 2, 3]
    assert memo.settled(("walk",), work, lambda value: value) == (Literal(0), Literal(1), Literal(2))
    assert times == [0, 1, 2, 3]


def test_it_grows_no_longer_than_its_bound_and_only_by_what_may_be_walked_down() -> None:
    memo, times = Memo(), [0, 0]

    def endless() -> Value:
        times[0] += 1
        deeper = memo.settled(("endless",), endless, lambda value: value)
        return (Literal(0), *(Literal(n + 1) for n in _numbers(deeper)))

    def text() -> Value:
        times[1] += 1
        return (Literal(0), *memo.settled(("text",), text, lambda _: ()))

    *found, last = memo.settled(("endless",), endless, lambda value: value)
    assert (len(found), last, memo.times_hit(TABLES)) == (AGAIN + 1, Unknown(TABLES, cut=True), 1)
    assert memo.settled(("text",), text, lambda _: ()) == (Literal(0),)
    assert times == [AGAIN + 1, 1]


def test_what_was_found_so_far_is_gone_where_another_question_is_still_open() -> None:
    memo, seen = Memo(), []

    def outer() -> Value:
        return (Literal("outer"), *memo.settled(("inner",), inner, lambda value: value))

    def inner() -> Value:
        seen.append(memo.settled(("inner",), inner, lambda value: value))
        return (Literal("inner"), *memo.settled(("outer",), outer, lambda value: value))

    memo.guarded(("outer",), outer, ())
    assert seen == [()]


def test_what_was_found_so_far_is_no_answer_to_a_question_about_the_whole_program() -> None:
    def answers(first: str) -> list[int]:
        memo = Memo()

        def whole() -> Value:
            return memo.settled(("walk",), walk, lambda value: value)

        def walk() -> Value:
            deeper = memo.settled(("walk",), walk, lambda value: value)
            memo.aside(("whole",), whole, ())
            return (Literal(0), *(Literal(n + 1) for n in _numbers(deeper) if n < 2))

        if first == "walk":
            memo.settled(("walk",), walk, lambda value: value)
        return _numbers(memo.aside(("whole",), whole, ()))

    assert answers("walk") == answers("whole") == [0, 1, 2]
