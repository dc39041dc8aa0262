"""Containers: the inner one leaves its producer and its topics open."""

import os

from confluent_kafka import Producer
from dependency_injector import containers, providers

from greenhouse.outbox import Outbox
from greenhouse.rooms import Door, Roof, Taps


class Settings:
    """What the deployment says."""

    water_topic = os.environ["WATER_TOPIC"]
    brokers = os.environ["BROKERS"]


class Core(containers.DeclarativeContainer):
    """What all others need."""

    settings = providers.Singleton(Settings)
    producer = providers.Singleton(Producer, providers.Dict({"bootstrap.servers": settings.provided.brokers}))


class Rooms(containers.DeclarativeContainer):
    """What there is to open; what it needs is left open."""

    core = providers.DependenciesContainer()
    water_topic = providers.Dependency(instance_of=str)
    make_outbox = providers.Dependency()
    roof_topic = providers.Dependency(default=providers.Object("roof.opened"))
    water = providers.Factory(Outbox, core.producer, water_topic)
    roof_outbox = providers.Factory(Outbox, core.producer, roof_topic)
    taps = providers.Singleton(Taps, water)
    roof = providers.Singleton(Roof, outbox=roof_outbox)
    door = providers.Singleton(Door, make_outbox)


class Senders(containers.DeclarativeContainer):
    """Makes outboxes for topics that somebody else knows."""

    core = providers.DependenciesContainer()
    outbox = providers.Factory(Outbox, core.producer)


class Greenhouse(containers.DeclarativeContainer):
    """All of it, put together."""

    core = providers.Container(Core)
    senders = providers.Container(Senders, core=core)
    rooms = providers.Container(
        Rooms,
        core=core,
        water_topic=core.settings.provided.water_topic,
        make_outbox=senders.outbox.provider,
    )
    night = providers.Factory(Outbox, producer=core.producer, topic="night.fallen")
