"""Import roots that the configuration adds: where modules lie that no folder above the importing file holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import analyse
from flowmap.config import Config
from flowmap.errors import ConfigError

FILES = {
    "orders/main.py": "from kafka import KafkaProducer\nfrom names import PLACED\nKafkaProducer().send(PLACED, b'')\n",
    "lib/one/names.py": "PLACED = 'order-placed'\n",
    "lib/two/names.py": "PLACED = 'order_placed'\n",
}


def _channels(root: Path, roots: list[str]) -> list[str | None]:
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return [i.channel for i in analyse(root, Config(roots=roots)).flow.interactions]


@pytest.mark.parametrize(
    ("roots", "channel"),
    [
        ([], None),
        (["lib/one"], "order-placed"),
        (["./lib/two/"], "order_placed"),
        (["lib/two", "lib/one"], "order_placed"),
        (["."], None),
    ],
)
def test_a_name_that_two_folders_could_hold(tmp_path: Path, roots: list[str], channel: str | None) -> None:
    assert _channels(tmp_path, roots) == [channel]


@pytest.mark.parametrize("root", ["nowhere", "..", "/", "lib/one/names.py"])
def test_a_folder_without_python_is_refused(tmp_path: Path, root: str) -> None:
    with pytest.raises(ConfigError, match="import root"):
        _channels(tmp_path, [root])
