"""Resources and data sources that hold a text made from files of the configuration: templates, cloud-init, local files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.project.terraform.files import file_text, filled_template
from flowmap.project.terraform.values import entries, filled, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from flowmap.project.terraform.expressions import Expression
    from flowmap.project.terraform.values import Resource, Value


def rendered(resource: Resource, name: str, worth: Callable[[Expression], Value]) -> Value | None:
    """The text that the provider fills into an attribute; None for any other attribute. `worth` gives the value of an expression of
    the resource."""
    attributes = resource.block.body.attributes

    def given(key: str) -> Value:
        return worth(attributes[key].value) if key in attributes else None

    match resource.type, name:
        case "local_file", "content":
            path = text(given("filename"))
            return file_text(resource.module, path) if path else None
        case "template_file", "rendered":
            content = text(given("template"))
            return filled_template(content, "", entries(given("vars"))) if content is not None else None
        case (("cloudinit_config" | "template_cloudinit_config"), "rendered"):
            parts = (b.body.attributes.get("content") for b in resource.block.body.blocks if b.kind == "part")
            return "\n".join(filled(worth(p.value)) for p in parts if p is not None)
        case _:
            return None
