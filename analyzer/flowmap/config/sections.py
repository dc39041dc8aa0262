"""The tables in which a team states what the code alone does not say: services, externals, wrappers, and what is set apart."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator
from pydantic_core import PydanticCustomError

from flowmap.config.base import Section, suggestion
from flowmap.places import QualifiedName, Verb, Where


class ServiceConfig(Section):
    """A service stated by hand."""

    name: str = Field(min_length=1, description="how reports call it")
    root: str = Field(default=".", description="its folder")
    entry: str | None = Field(default=None, description="the file that starts it, where several services share the folder")
    description: str = Field(default="", description="what it is there for")
    aliases: list[str] = Field(default=[], description="other names under which deployment files or addresses know it")
    hosts: list[str] = Field(default=[], description="where it is reached: `name` or `name:port`")
    environment: dict[str, str] = Field(default={}, description="variables that it is started with")


class ExternalConfig(Section):
    """A system outside the scan."""

    name: str = Field(min_length=1, description="how reports call it")
    hosts: list[str] = Field(default=[], description="where it is reached: `name` or `name:port`")
    publishes: list[str] = Field(default=[], description="channels that it publishes to")
    subscribes: list[str] = Field(default=[], description="channels that it listens to")


class IgnoreConfig(Section):
    """Findings that are set apart, and why: those that meet each of the conditions that are stated."""

    reason: str = Field(min_length=1, description="why the team lives with them")
    rules: list[str] = Field(default=[], description="codes, beginnings of codes, or slugs")
    services: list[str] = Field(default=[], description="globs over services of which one has a part in the finding")
    subjects: list[str] = Field(
        default=[], description="globs over what the finding is about, and the channels and events at its places"
    )
    paths: list[str] = Field(default=[], description="globs over the path where it is reported")

    @field_validator("reason")
    @classmethod
    def _says_something(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("should say why.")
        return reason.strip()

    @model_validator(mode="after")
    def _means_something(self) -> IgnoreConfig:
        """Whether there is anything that it does not set apart."""
        if not (self.rules or self.services or self.subjects or self.paths):
            said = "is missing: without rules, services, subjects and paths, every finding is meant"
            raise PydanticCustomError("key", said, {"key": "rules"})
        return self


CODE, TABLE = "a code", "a table"
"""The tags of the two, which stand in the places of errors."""
Ignored: TypeAlias = Annotated[
    Annotated[str, Tag(CODE)] | Annotated[IgnoreConfig, Tag(TABLE)],
    Discriminator(lambda stated: TABLE if isinstance(stated, dict | IgnoreConfig) else CODE),
]
"""What may be ignored: a rule, which is then not run, or findings that are described."""

_MESSAGES = ("topic", "exchange", "event", "kind")
WRAPPER_KEYS = {
    "publish": (*_MESSAGES, "payload"),
    "subscribe": (*_MESSAGES, "handler", "group"),
    "call over http": ("path", "base", "method"),
    "call": ("operation", "service", "address", "topic", "broker", "kind", "waits"),
    "serve over http": ("path", "methods", "handler"),
    "serve": ("operation", "handler"),
}
"""What can be said of a wrapper besides its target, role, transport and form; the first key of each is needed."""


class WrapperConfig(Section):
    """A function, method, decorator or class that plays a role which its code, being elsewhere, does not show. The values of a
    role's slots are found at the places that are stated."""

    target: QualifiedName = Field(description="its qualified name as the scanned code imports it")
    role: Literal["publish", "subscribe", "call", "serve"] = Field(description="what a call of it does")
    transport: str = Field(min_length=1, description="over what: `kafka`, `amqp`, `http`, `rpc` and so on")
    form: Literal["call", "decorator"] | None = Field(None, description="how it is used; of a server a decorator, else a call")
    topic: Where = Field(default=None, description="where the channel stands")
    exchange: Where = Field(default=None, description="where the exchange stands")
    event: Where = Field(default=None, description="where the type of the message stands")
    payload: Where = Field(default=None, description="where the message stands")
    handler: Where = Field(default=None, description="where the handler stands")
    group: Where = Field(default=None, description="where the consumer group stands")
    path: Where = Field(default=None, description="where the path or URL stands")
    base: Where = Field(default=None, description="where the address before the path stands")
    method: Verb = Field(default=None, description="the HTTP method, or where it stands")
    methods: list[str] = Field(default=[], description="the HTTP methods that are served")
    operation: Where = Field(default=None, description="where the name of the operation stands")
    service: Where = Field(default=None, description="where the name of the service that is called stands")
    address: Where = Field(default=None, description="where the address that is called stands")
    broker: str = Field(default="", description="the transport that carries the calls, where that is another one")
    kind: Literal["event", "command", "task", "query"] | None = Field(default=None, description="what travels")
    waits: bool = Field(default=True, description="whether the caller waits for the answer")

    @property
    def meaning(self) -> str:
        """The role, and HTTP where that makes a difference."""
        return f"{self.role} over http" if f"{self.role} over {self.transport}" in WRAPPER_KEYS else self.role

    @model_validator(mode="after")
    def _fits(self) -> WrapperConfig:
        """Whether the keys are those of the role."""
        keys = WRAPPER_KEYS[self.meaning]
        for key in sorted(self.model_fields_set - {"target", "role", "transport", "form", *keys}):
            near = suggestion(key, sorted(keys))
            raise PydanticCustomError("key", "means nothing for a {of}; {near}", {"key": key, "of": self.meaning, "near": near})
        if keys[0] not in self.model_fields_set:
            raise PydanticCustomError("key", "is missing: a {of} needs it", {"key": keys[0], "of": self.meaning})
        return self
