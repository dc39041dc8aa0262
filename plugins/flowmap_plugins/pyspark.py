"""PySpark: data frames that are read from Kafka topics and written to them, in streams and in batches."""

from flowmap.plugin_api import Guard, Match, Messages, Plugin, Ref, Role, arg, keyword

_BUILDER = "pyspark.sql.SparkSession.builder"
_READERS = ("pyspark.sql.SparkSession.readStream", "pyspark.sql.SparkSession.read")
_WRITERS = ("pyspark.sql.DataFrame.writeStream", "pyspark.sql.DataFrame.write")
_FRAME = "pyspark.sql.DataFrame"


def _option(owner: str, role: Role, name: str, match: Match | None = None) -> tuple[Messages, ...]:
    """`.option("name", value)` and `.options(name=value)`."""
    value: Ref = arg(1, "value")
    return (
        Messages(target=f"{owner}.option", role=role, channel=value, match=match, when=(Guard(arg(0, "key"), among=(name,)),)),
        Messages(target=f"{owner}.options", role=role, channel=keyword(name), match=match, when=(Guard(keyword(name)),)),
    )


PLUGIN = Plugin(
    name="pyspark",
    roots=("pyspark",),
    transport="kafka",
    types={
        f"{_BUILDER}.*()": _BUILDER,
        f"{_BUILDER}.getOrCreate()": "pyspark.sql.SparkSession",
        **{f"{r}.*()": r for r in (*_READERS, *_WRITERS)},
        **{f"{r}.load()": _FRAME for r in _READERS},
        **{f"pyspark.sql.SparkSession.{m}()": _FRAME for m in ("createDataFrame", "sql", "table", "range")},
        f"{_FRAME}.*()": _FRAME,
    },
    patterns=(
        *(p for r in _READERS for p in _option(r, Role.SUBSCRIBE, "subscribe")),
        *(p for r in _READERS for p in _option(r, Role.SUBSCRIBE, "subscribePattern", Match.REGEX)),
        *(p for w in _WRITERS for p in _option(w, Role.PUBLISH, "topic")),
    ),
)
