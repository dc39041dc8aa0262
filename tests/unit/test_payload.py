"""Messages put together, and the contract of a channel."""

from flowmap.model.payload import Field, Payload, contract, together
from flows import holding


def said(payload: Payload | None) -> list[str]:
    return [_mark(f) for f in payload.fields] + ["..."] * payload.open if payload is not None else []


def _mark(f: Field) -> str:
    return f"{f.name}{'' if f.always else '?'}{'-' if f.spare else ''}{'...' if f.open else ''}{f':{f.type}' if f.type else ''}"


def test_several_ways_to_make_a_message() -> None:
    assert together([]) is together([None]) is None
    assert said(together([holding("id:str", "n:int"), holding("id:str", "n:str", "m")])) == ["id:str", "n", "m?"]
    assert said(together([holding("id"), None])) == ["id?", "..."]
    assert said(together([holding("id-"), holding("id", more=True)])) == ["id", "..."]


def rows(sent: list[Payload | None], read: list[Payload | None]) -> list[tuple[str, str, list[int], list[int]]]:
    return [(r.name, r.type, [n for n, _ in r.set_by], [n for n, _ in r.read_by]) for r in contract(sent, read)]


def test_the_contract_of_a_channel() -> None:
    assert rows([holding("id:str", "n"), None, holding("id:str")], [holding("id", "total"), holding("n:int")]) == [
        ("id", "str", [0, 2], [0]),
        ("n", "int", [0], [1]),
        ("total", "", [], [0]),
    ]


def test_what_is_taken_out_of_an_envelope_is_the_same_field() -> None:
    assert rows([holding("data", "data.id")], [holding("id")]) == [("data", "", [0], []), ("data.id", "", [0], [0])]
    assert rows([holding("a.id", "b.id")], [holding("id")]) == [("a.id", "", [0], []), ("b.id", "", [0], []), ("id", "", [], [0])]


def test_what_may_hide() -> None:
    assert holding("id", more=True).hides("total")
    assert holding("data...").hides("data.id")
    assert holding("rows...").hides("rows[].id")
    assert not holding("data...", "id").hides("dataset")
    assert holding("a.b", "rows[]").leaves() == {"b", "rows"}
