"""Makes rates of sums."""

import bytewax.operators as op
from bytewax.connectors.kafka import KafkaSink, KafkaSinkMessage, KafkaSource
from bytewax.connectors.kafka import operators as kop
from bytewax.connectors.stdio import StdOutSink
from bytewax.dataflow import Dataflow

BROKERS = ["kafka:9092"]

flow = Dataflow("rates")
sums = op.input("sums", flow, KafkaSource(BROKERS, ["sums"]))  # flow: subscribe kafka sums
days = kop.input("days", flow, brokers=BROKERS, topics=["bank-days"])  # flow: subscribe kafka bank-days
both = op.merge("both", sums, days.oks)
rates = op.map("rate", both, lambda item: KafkaSinkMessage(item.key, item.value))
op.output("rates", rates, KafkaSink(BROKERS, "rates"))  # flow: publish kafka rates
op.output("shown", rates, StdOutSink())  # flow: nothing
