"""An XML document as text, indented, with its declaration. Texts from scanned code have been made visible before."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def document(root: ET.Element) -> str:
    """The whole document; nothing in it is read from anywhere, so it has no entities."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
