"""What functions put into a collection under a key of a library object, and what is read there later."""

from __future__ import annotations

import pytest
from linking import channels, lines

READING = """
    import bus
    from lib import Session, Other, after
    SESSION = Session()
    @after
    def later(session):
        for topic in session.info["topics"]:
            bus.publish(topic)
        session.info["topics"] = []
"""
OPENED = 'session = Session()\nif "topics" not in session.info:\n    session.info["topics"] = []\n'


def tell(*statements: str) -> str:
    """A function that is told what to publish, and those who tell it."""
    body = "\n".join(statements).replace("\n", "\n    ")
    return f"def tell(topic):\n    {body}\ntell('orders')\ntell('bills')\n"


@pytest.mark.parametrize(
    "statements",
    [
        (OPENED, 'session.info["topics"].append(topic)'),
        ('Session().info.setdefault("topics", []).append(topic)',),
        ('SESSION.info["topics"] = []', 'SESSION.info["topics"].append(topic)'),
        (OPENED, 'kept = session.info["topics"]', 'session.info["topics"].insert(0, topic)'),
        ("session = Session()", 'session.info["topics"] = set()', 'session.info["topics"].add(topic)'),
    ],
)
def test_what_is_put_in_is_read_there(statements: tuple[str, ...]) -> None:
    assert channels(lines(READING, tell(*statements))) == ["bills", "orders"]


@pytest.mark.parametrize(
    "statements",
    [
        (OPENED, 'session.info["others"].append(topic)'),
        (OPENED, 'session.data["topics"].append(topic)'),
        (OPENED, "session.info[topic].append(topic)"),
        (OPENED, 'topics = {"topics": []}', 'topics["topics"].append(topic)'),
        (OPENED, 'session.info["topics"].remove(topic)'),
    ],
)
def test_what_is_put_elsewhere_is_not(statements: tuple[str, ...]) -> None:
    assert not {"bills", "orders"} & set(channels(lines(READING, tell(*statements))))


def test_it_is_read_whatever_was_asked_before() -> None:
    before = """
        import bus
        from lib import Session, wrap
        def laid(f):
            def inner(*args):
                for topic in Session().info["topics"]:
                    topic()
                return f(*args)
            return inner
        @laid
        def act(): ...
    """
    assert channels(lines(before, READING, tell(OPENED, 'session.info["topics"].append(topic)'))) == ["bills", "orders"]


def test_what_branches_put_into_a_large_mapping_is_worked_out_only_where_it_is_read() -> None:
    """Each of many entries is made of another one: all of them together are more than a question has steps for."""
    names = [f"k{number}" for number in range(30)]
    stores = "".join(
        f"\n        if job[{n}]:\n            told['{names[n % 30]}'] = told['{names[(7 * n + 3) % 30]}'] + '.x'" for n in range(40)
    )
    source = f"""
    import bus
    def send(job):
        told = {{{", ".join(f"'{name}': ''" for name in names)}, 'topic': 'orders'}}{stores}
        if job:
            told['topic'] = 'bills'
        bus.publish(told['topic'])
    """
    assert channels(lines(source)) == ["bills", "orders"]
