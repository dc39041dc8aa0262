"""PySpark: Kafka topics among the options of readers and writers, and options that are something else."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("orders").master("local").config("a", "b").getOrCreate()
spark.read.format("kafka").option("subscribe", "control").load()
"""
CONTROL = "subscribe kafka control by <module>"
READ = "df = spark.readStream.format('kafka').option('kafka.bootstrap.servers', 'k:9092')"

FORMS = [
    (READ + ".option('subscribe', 'orders').load()", "subscribe kafka orders by <module>"),
    (READ + ".option('startingOffsets', 'latest').option('subscribe', 'orders').load()", "subscribe kafka orders by <module>"),
    ("TOPIC = 'orders'\n" + READ + ".option('subscribe', TOPIC).load()", "subscribe kafka orders by <module>"),
    ("spark.readStream.format('kafka').options(subscribe='orders').load()", "subscribe kafka orders by <module>"),
    (READ + ".option('subscribePattern', 'orders\\\\..*').load()", "subscribe kafka orders\\..* regex by <module>"),
    ("def read(spark: SparkSession):\n    spark.readStream.option('subscribe', 'orders').load()", "subscribe kafka orders by read"),
    (
        READ + ".load()\ndf.selectExpr('x').where('y').writeStream.format('kafka').option('topic', 'totals').start()",
        "publish kafka totals",
    ),
    ("spark.sql('select 1').write.format('kafka').option('topic', 'totals').save()", "publish kafka totals"),
]
OTHERS = [
    READ + ".option('startingOffsets', 'earliest').load()",
    "spark.read.format('csv').option('header', 'true').load('x')",
    "spark.read.json('topic')",
    "spark.sql('select 1').writeStream.option('checkpointLocation', 'topic').start()",
    "spark.conf.set('subscribe', 'orders')",
    "class Reader:\n    def option(self, key, value): ...\nReader().option('subscribe', 'orders')",
]


@pytest.mark.parametrize(("code", "expected"), FORMS)
def test_topics_of_readers_and_writers(code: str, expected: str) -> None:
    assert sightings(SETUP, code) == sorted([CONTROL, expected])


@pytest.mark.parametrize("code", OTHERS)
def test_other_options_are_no_topics(code: str) -> None:
    assert sightings(SETUP, code) == [CONTROL]
