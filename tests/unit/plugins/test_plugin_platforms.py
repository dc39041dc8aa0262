"""Arroyo and Bytewax; Inngest, Hatchet, Camunda and Firebase; broadcaster and fastapi-events: what is told, heard and asked."""

from __future__ import annotations

from sightings import checks_of_each

ARROYO = """
from arroyo import Partition, Topic
from arroyo.backends.kafka import KafkaConsumer, KafkaPayload, KafkaProducer, build_kafka_consumer_configuration
from arroyo.processing import StreamProcessor
from arroyo.processing.strategies import CommitOffsets, Produce
producer = KafkaProducer({})
class Factory:
    def create_with_partitions(self, commit, partitions): ...
"""
BYTEWAX = """
from bytewax import operators as op
from bytewax.connectors.kafka import KafkaSink, KafkaSource
from bytewax.connectors.kafka import operators as kop
from bytewax.dataflow import Dataflow
flow = Dataflow("sums")
"""
INNGEST = "import inngest\nclient = inngest.Inngest(app_id='shop')\n"
ON_PAID = "@client.create_function(fn_id='f', trigger=inngest.TriggerEvent(event='paid'))\n"
HATCHET = "from hatchet_sdk import Hatchet\nhatchet = Hatchet()\n"
CAMUNDA = """
from camunda.client.engine_client import EngineClient
from camunda.external_task.external_task_worker import ExternalTaskWorker
def check(task): ...
"""
FIREBASE = "from firebase_functions import eventarc_fn, firestore_fn, https_fn, pubsub_fn, scheduler_fn, tasks_fn\n"
CAST = "from broadcaster import Broadcast\nbroadcast = Broadcast('redis://redis')\n"
EVENTS = """
from enum import Enum
from fastapi_events.dispatcher import dispatch
from fastapi_events.handlers.local import local_handler
"""

FORMS = [
    (ARROYO, "producer.produce(Topic('sums'), KafkaPayload(None, b'', []))", "publish kafka sums"),
    (ARROYO, "producer.produce(Partition(Topic('sums'), 0), b'')", "publish kafka sums"),
    (ARROYO, "producer.produce(dest=Topic('sums'), payload=b'')", "publish kafka sums"),
    (ARROYO, "Produce(producer, Topic('sums'), CommitOffsets(None))", "publish kafka sums"),
    (
        ARROYO,
        """
        settings = build_kafka_consumer_configuration({}, bootstrap_servers=[], group_id='adders')
        StreamProcessor(KafkaConsumer(settings), Topic('bills'), Factory()).run()
        """,
        "subscribe kafka bills in adders by Factory.create_with_partitions",
    ),
    (
        BYTEWAX,
        "op.input('in', flow, KafkaSource(['b:9092'], ['bills', 'fees']))",
        "subscribe kafka bills by <module>",
        "subscribe kafka fees by <module>",
    ),
    (BYTEWAX, "op.output('out', None, KafkaSink(['b:9092'], 'sums'))", "publish kafka sums"),
    (BYTEWAX, "kop.input('in', flow, brokers=['b:9092'], topics=['bills'])", "subscribe kafka bills by <module>"),
    (BYTEWAX, "kop.output('out', None, brokers=['b:9092'], topic='sums')", "publish kafka sums"),
    (INNGEST, f"{ON_PAID}async def ship(ctx): ...", "subscribe inngest paid by ship"),
    (
        INNGEST,
        """
        @client.create_function(fn_id='f', trigger=[inngest.TriggerEvent(event='a'), inngest.TriggerEvent(event='b')])
        def ship(ctx): ...
        """,
        "subscribe inngest a by ship",
        "subscribe inngest b by ship",
    ),
    (INNGEST, "client.send_sync(inngest.Event(name='paid', data={}))", "publish inngest paid"),
    (
        INNGEST,
        "async def go():\n    await client.send([inngest.Event(name='a'), inngest.Event(name='b')])",
        "publish inngest a",
        "publish inngest b",
    ),
    (
        INNGEST,
        f"{ON_PAID}async def ship(ctx):\n    await ctx.step.send_event('s', inngest.Event(name='shipped'))",
        "subscribe inngest paid by ship",
        "publish inngest shipped",
    ),
    (
        INNGEST,
        f"{ON_PAID}async def ship(ctx: inngest.Context):\n    await ctx.step.wait_for_event('w', event='packed', timeout=9)",
        "subscribe inngest paid by ship",
        "subscribe inngest packed by ?",
    ),
    (HATCHET, "@hatchet.task(name='ship')\ndef run(i, c): ...", "serve rpc ship by run"),
    (
        HATCHET,
        "@hatchet.task(on_events=['paid'])\ndef ship(i, c): ...\nship.run_no_wait()",
        "serve rpc ship by ship",
        "subscribe hatchet paid by ship",
        "call rpc ship without waiting",
    ),
    (
        HATCHET,
        "flow = hatchet.workflow(name='order', on_events=['paid'])\nasync def go():\n    await flow.aio_run()",
        "serve rpc order by <module>",
        "subscribe hatchet paid by ?",
        "call rpc order",
    ),
    (HATCHET, "hatchet.event.push('paid', {})", "publish hatchet paid"),
    (CAMUNDA, "ExternalTaskWorker(worker_id='1').subscribe('check', check)", "serve rpc check by check"),
    (CAMUNDA, "ExternalTaskWorker(1).subscribe(['a', 'b'], check)", "serve rpc a by check", "serve rpc b by check"),
    (CAMUNDA, "ExternalTaskWorker(1).fetch_and_execute(topic_names='a', action=check)", "serve rpc a by check"),
    (CAMUNDA, "EngineClient().start_process('order', {})", "call rpc order to camunda without waiting"),
    (CAMUNDA, "EngineClient().correlate_message('paid')", "publish camunda paid"),
    (FIREBASE, "@pubsub_fn.on_message_published(topic='paid')\ndef ship(e): ...", "subscribe pubsub paid by ship"),
    (FIREBASE, "@pubsub_fn.on_message_published(topic='projects/p/topics/paid')\ndef s(e): ...", "subscribe pubsub paid by s"),
    (FIREBASE, "@eventarc_fn.on_custom_event_published(event_type='paid')\ndef s(e): ...", "subscribe eventarc paid by s"),
    (FIREBASE, "@tasks_fn.on_task_dispatched()\ndef ship(r): ...", "subscribe cloudtasks ship (command) by ship"),
    (FIREBASE, "@https_fn.on_request()\ndef ship(r): ...", "serve http {} /ship by ship"),
    (FIREBASE, "@https_fn.on_call()\ndef ship(r): ...", "serve http POST /ship by ship"),
    (CAST, "async def go():\n    await broadcast.publish(channel='chat', message='x')", "publish broadcaster chat"),
    (
        CAST,
        "async def go():\n    async with broadcast.subscribe('chat') as heard:\n        async for e in heard: print(e)",
        "subscribe broadcaster chat by go",
    ),
    (EVENTS, "dispatch('paid', payload={})", "publish signal paid inside"),
    (EVENTS, "class E(Enum):\n    PAID = 'paid'\ndispatch(E.PAID)", "publish signal paid inside"),
    (EVENTS, "class Paid:\n    __event_name__ = 'paid'\ndispatch(Paid())", "publish signal paid inside"),
    (EVENTS, "@local_handler.register(event_name='pa*')\nasync def ship(e): ...", "subscribe signal pa* glob by ship inside"),
    (EVENTS, "@local_handler.register\nasync def ship(e): ...", "subscribe signal * glob by ship inside"),
]
LOOK_ALIKES = [
    (ARROYO, "Topic('sums')"),
    (ARROYO, "class P:\n    def produce(self, t, p): ...\nP().produce(Topic('x'), b'')"),
    (ARROYO, "KafkaConsumer({}).subscribe"),
    (BYTEWAX, "op.map('m', None, str)"),
    (BYTEWAX, "from bytewax.connectors.stdio import StdOutSink\nop.output('out', None, StdOutSink())"),
    (INNGEST, "@client.create_function(fn_id='f', trigger=inngest.TriggerCron(cron='* * * * *'))\ndef tidy(ctx): ..."),
    (INNGEST, "inngest.Event(name='paid')"),
    (INNGEST, "class Mail:\n    def send(self, e): ...\nMail().send(inngest.Event(name='paid'))"),
    (HATCHET, "hatchet.worker('w').start()"),
    (HATCHET, "flows = []\nflows.append(hatchet)"),
    (CAMUNDA, "ExternalTaskWorker(worker_id='1')"),
    (CAMUNDA, "class Bus:\n    def subscribe(self, t, f): ...\nBus().subscribe('x', check)"),
    (FIREBASE, "@firestore_fn.on_document_created(document='a/{b}')\ndef s(e): ..."),
    (FIREBASE, "@scheduler_fn.on_schedule(schedule='every day 00:00')\ndef s(e): ..."),
    (CAST, "async def go():\n    await broadcast.connect()"),
    (CAST, "class Broadcast:\n    def publish(self, channel, message): ...\nBroadcast().publish('x', 'y')"),
    (EVENTS, "def dispatch(name): ...\ndispatch('paid')"),
    (EVENTS, "dispatch"),
]

test_a_form_is_found, test_a_look_alike_is_not = checks_of_each(FORMS, LOOK_ALIKES)
