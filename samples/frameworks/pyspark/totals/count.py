"""Counts clicks per page and minute, and tells who wants to know."""

import os

from pyspark.sql import DataFrame, SparkSession

SERVERS = "kafka:9092"


def clicks(spark: SparkSession) -> DataFrame:
    return (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", SERVERS)
        .option("subscribe", os.environ["CLICKS_TOPIC"])  # flow: subscribe kafka site.clicks
        .option("startingOffsets", "latest")
        .load()
    )


def main() -> None:
    spark = SparkSession.builder.appName("totals").config("spark.ui.enabled", "false").getOrCreate()
    names = spark.read.option("header", "true").csv("pages.csv")
    counted = clicks(spark).selectExpr("CAST(value AS STRING) AS page").groupBy("page").count().join(names, "page")
    query = (
        counted.selectExpr("to_json(struct(*)) AS value")
        .writeStream.format("kafka")
        .option("checkpointLocation", "/tmp/topic")
        .option("topic", "site.totals")  # flow: publish kafka site.totals
        .start()
    )
    query.awaitTermination()


if __name__ == "__main__":
    main()
