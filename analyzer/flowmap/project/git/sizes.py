"""How large an object of a pack will be, told from its first bytes: a few of them can stand for more than fits into memory."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from dulwich.pack import Pack

_HEAD = 64
"""Bytes that hold both sizes of a delta, once they are unpacked."""
_BY_OFFSET, _BY_NAME = 6, 7
_HASH = 20


def packed_size(pack: Pack, name: bytes) -> int | None:
    """The bytes of an object, or of what it is the difference to if that is more; None if the pack lacks it, or is broken."""
    from dulwich.objects import ObjectID

    try:
        offset = pack.index.object_offset(ObjectID(name))
        with open(pack.data.path, "rb") as file:  # noqa: PTH123  the path may be text or bytes
            file.seek(offset)
            return _size(file)
    except (KeyError, OSError, ValueError, zlib.error):
        return None


def _size(file: BinaryIO) -> int:
    first = _byte(file)
    size, shift, byte = first & 0x0F, 4, first
    while byte & 0x80:
        byte = _byte(file)
        size |= (byte & 0x7F) << shift
        shift += 7
    kind = (first >> 4) & 0x07
    if kind == _BY_OFFSET:
        while _byte(file) & 0x80:
            pass
    elif kind == _BY_NAME:
        file.seek(_HASH, 1)
    else:
        return size
    head = zlib.decompressobj().decompress(file.read(4 * _HEAD), _HEAD)
    before, rest = _varint(head)
    return max(size, before, _varint(rest)[0])


def _byte(file: BinaryIO) -> int:
    if not (read := file.read(1)):
        raise ValueError("the pack ends in the middle of an object")
    return read[0]


def _varint(text: bytes) -> tuple[int, bytes]:
    number = 0
    for place, byte in enumerate(text):
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return number, text[place + 1 :]
    return number, b""
