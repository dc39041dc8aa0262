"""What is put around calls, whatever makes them: libraries that try again, circuit breakers, time limits of asyncio and anyio."""

from flowmap.plugin_api import FirstOf, Guards, Limit, Maker, Number, Plugin, Ref, Tries, Wait, arg, keyword

_NEITHER = ("stop_never", "stop_any", "stop_all", "stop_when_event_set")
_LATER = ("stop_after_delay", "stop_before_delay")
_WAITS = (
    *((f"wait_{name}", Wait.GROWING) for name in ("exponential", "random_exponential", "exponential_jitter", "incrementing")),
    *((f"wait_{name}", Wait.FIXED) for name in ("fixed", "random")),
    ("wait_none", Wait.NONE),
)


def _tenacity(stop: Ref, wait: Ref) -> Tries:
    silent = tuple((f"tenacity.{name}", ()) for name in _NEITHER)
    attempts, delays = ("stop_after_attempt",), _LATER
    counts = (*silent, *_stops(attempts, "max_attempt_number"), *((f"tenacity.{n}", ()) for n in delays))
    lasts = (*silent, *_stops(delays, "max_delay"), *((f"tenacity.{n}", ()) for n in attempts))
    return Tries(count=Number(stop, counts), within=Number(stop, lasts), wait=wait, waits=_WAITS)


def _stops(names: tuple[str, ...], argument: str) -> tuple[tuple[str, tuple[Ref, ...]], ...]:
    return tuple((f"tenacity.{name}", (arg(0, argument),)) for name in names)


_GIVEN = _tenacity(keyword("stop"), keyword("wait"))
_MADE = _tenacity(Maker(keyword("stop")), Maker(keyword("wait")))
_RETRYING = ("tenacity.Retrying", "tenacity.AsyncRetrying")

_STAMINA = Tries(
    count=Number(keyword("attempts")), default=10, within=Number(keyword("timeout")), lasting=45.0, waiting=Wait.GROWING
)
_BACKOFF = Tries(
    count=Number(keyword("max_tries")),
    within=Number(keyword("max_time")),
    wait=arg(0, "wait_gen"),
    waits=(("expo", Wait.GROWING), ("fibo", Wait.GROWING), ("constant", Wait.FIXED)),
    waiting=Wait.UNKNOWN,
)
_OLD = Tries(
    count=Number(keyword("stop_max_attempt_number")),
    within=Number(keyword("stop_max_delay"), scale=0.001),
    wait=FirstOf((keyword("wait_fixed"), keyword("wait_exponential_multiplier"), keyword("wait_incrementing_start"))),
)


def _simple(count: Ref, delay: Ref) -> Tries:
    """Of the libraries `retry` and `retry2`, where -1 tries are tries without end."""
    return Tries(count=Number(count), wait=delay)


def _breaker(types: tuple[str, ...], *, fails: str, resets: str, after: int, seconds: float, ways: tuple[str, ...]) -> list[Guards]:
    found: list[Guards] = []
    for kind in types:
        for way in ("", *(f".{w}" for w in ways)):
            failures, reset = arg(0, fails), arg(1, resets)
            made = (Maker(failures), Maker(reset)) if way else (failures, reset)
            found.append(
                Guards(
                    target=f"{kind}{way}",
                    form="call" if way else "decorator",
                    failures=Number(made[0]),
                    opens=after,
                    reset=Number(made[1]),
                    closes=seconds,
                )
            )
    return found


PLUGIN = Plugin(
    name="retries",
    roots=(
        *("tenacity", "backoff", "stamina", "retry", "retrying", "pybreaker", "circuitbreaker", "aiobreaker", "asyncio", "anyio"),
        "async_timeout",
    ),
    aliases={
        "retry.api.retry": "retry.retry",
        **{f"tenacity.stop.{name}": f"tenacity.{name}" for name in (*_NEITHER, *_LATER, "stop_after_attempt")},
        "tenacity.asyncio.AsyncRetrying": "tenacity.AsyncRetrying",
        "tenacity._asyncio.AsyncRetrying": "tenacity.AsyncRetrying",
    },
    guards=(
        Guards(target="tenacity.retry", form="decorator", tries=_GIVEN),
        *(Guards(target=name, tries=_GIVEN) for name in _RETRYING),
        *(Guards(target=f"{name}.wraps", form="decorator", tries=_MADE) for name in _RETRYING),
        *(Guards(target=f"{name}.{way}", tries=_MADE) for name in _RETRYING for way in ("__call__", "call")),
        Guards(target="stamina.retry", form="decorator", tries=_STAMINA),
        Guards(target="stamina.retry_context", tries=_STAMINA),
        *(Guards(target=f"backoff.{name}", form="decorator", tries=_BACKOFF) for name in ("on_exception", "on_predicate")),
        Guards(target="retrying.retry", form="decorator", tries=_OLD),
        Guards(target="retry.retry", form="decorator", tries=_simple(arg(1, "tries"), arg(2, "delay"))),
        Guards(target="retry.api.retry_call", tries=_simple(arg(4, "tries"), arg(5, "delay"))),
        *_breaker(
            ("pybreaker.CircuitBreaker",),
            fails="fail_max",
            resets="reset_timeout",
            after=5,
            seconds=60.0,
            ways=("calling", "call", "call_async"),
        ),
        *_breaker(
            ("aiobreaker.CircuitBreaker",),
            fails="fail_max",
            resets="timeout_duration",
            after=5,
            seconds=60.0,
            ways=("call", "call_async"),
        ),
        *_breaker(
            ("circuitbreaker.circuit", "circuitbreaker.CircuitBreaker"),
            fails="failure_threshold",
            resets="recovery_timeout",
            after=5,
            seconds=30.0,
            ways=("call", "call_async", "__call__"),
        ),
        Guards(target="asyncio.wait_for", limit=Limit(argument=Number(arg(1, "timeout")))),
        *(
            Guards(target=name, limit=Limit(argument=Number(arg(0, "delay"))))
            for name in ("asyncio.timeout", "anyio.fail_after", "anyio.move_on_after", "async_timeout.timeout")
        ),
    ),
)
