"""redis-py and its kin, coredis and walrus among them: channels, patterns, streams, and lists where something pops what another
pushes."""

from flowmap.plugin_api import (
    AllArguments,
    Argument,
    Current,
    Each,
    Entry,
    Guard,
    Keys,
    Keywords,
    Kind,
    Maker,
    Match,
    Messages,
    MethodName,
    Pattern,
    Plugin,
    Role,
    arg,
    keyword,
)

_CLIENT = "redis.Redis"
_CLASSES = ("StrictRedis", "RedisCluster", "client.Redis", "client.StrictRedis", "cluster.RedisCluster", "client.Pipeline")
_ASYNC = ("asyncio.Redis", "asyncio.StrictRedis", "asyncio.RedisCluster", "asyncio.client.Redis", "asyncio.client.Pipeline")


def _messages(method: str, role: Role, channel: object, **rest: object) -> Pattern:
    return Messages(target=f"{_CLIENT}.{method}", role=role, channel=channel, **rest)  # type: ignore[arg-type]


_STREAM: dict[str, object] = {"space": "stream"}
_LIST: dict[str, object] = {"space": "list", "kind": Kind.COMMAND, "speculative": True}
_KEY = Maker(arg(0, "key"))


def _container(target: str, role: Role, channel: object = _KEY, **rest: object) -> Pattern:
    """A method of a container of walrus."""
    return Messages(target=f"walrus.{target}", role=role, channel=channel, **rest)  # type: ignore[arg-type]


PLUGIN = Plugin(
    name="redis",
    roots=("redis", "aioredis", "redis_om", "aredis_om", "django_redis", "fakeredis", "walrus", "coredis"),
    passive=("django_redis", "fakeredis"),
    transport="redis",
    aliases={f"redis.{name}": _CLIENT for name in (*_CLASSES, *_ASYNC)}
    | {
        "redis.asyncio.from_url": "redis.from_url",
        "aioredis.Redis": _CLIENT,
        "aioredis.StrictRedis": _CLIENT,
        "aioredis.from_url": "redis.from_url",
        "redis.client.PubSub": "redis.PubSub",
        "redis.asyncio.client.PubSub": "redis.PubSub",
        "coredis.Redis": _CLIENT,
        "coredis.RedisCluster": _CLIENT,
        "walrus.Database": _CLIENT,
        "walrus.Walrus": _CLIENT,
        "walrus.database.Database": _CLIENT,
    },
    types={
        "redis.from_url()": _CLIENT,
        "redis.Redis.from_url()": _CLIENT,
        "redis.Redis.pipeline()": _CLIENT,
        "redis.Redis.client()": _CLIENT,
        "redis.Redis.pubsub()": "redis.PubSub",
        "redis.sentinel.Sentinel.master_for()": _CLIENT,
        "redis.asyncio.sentinel.Sentinel.master_for()": _CLIENT,
        "aioredis.create_redis()": _CLIENT,
        "aioredis.create_redis_pool()": _CLIENT,
        "redis_om.get_redis_connection()": _CLIENT,
        "aredis_om.get_redis_connection()": _CLIENT,
        "django_redis.get_redis_connection()": _CLIENT,
        **{f"redis.Redis.{kind}()": f"walrus.{kind}" for kind in ("Stream", "List", "consumer_group", "time_series")},
    },
    patterns=(
        _messages("publish", Role.PUBLISH, arg(0, "channel"), payload=arg(1, "message")),
        _messages("spublish", Role.PUBLISH, arg(0, "shard_channel"), payload=arg(1, "message")),
        Messages(target="redis.PubSub.subscribe", role=Role.SUBSCRIBE, channel=AllArguments()),
        Messages(target="redis.PubSub.ssubscribe", role=Role.SUBSCRIBE, channel=AllArguments()),
        Messages(target="redis.PubSub.psubscribe", role=Role.SUBSCRIBE, channel=AllArguments(), match=Match.GLOB),
        *(
            Messages(
                target=f"redis.PubSub.{method}",
                role=Role.SUBSCRIBE,
                each=Keywords(),
                channel=Entry(Current(), 0),
                handler=Entry(Current(), 1),
                match=match,
            )
            for method, match in (("subscribe", None), ("ssubscribe", None), ("psubscribe", Match.GLOB))
        ),
        _messages("xadd", Role.PUBLISH, arg(0, "name"), payload=arg(1, "fields"), **_STREAM),
        *(
            Messages(target=f"coredis.{home}.{kind}", role=Role.SUBSCRIBE, channel=Each(arg(1, "streams")), group=group, **_STREAM)  # type: ignore[arg-type]
            for home in ("stream", "patterns.streams")
            for kind, group in (("Consumer", None), ("GroupConsumer", arg(2, "group")))
        ),
        *(
            Messages(
                target="redis.Redis.pubsub",
                role=Role.SUBSCRIBE,
                channel=channels,
                match=match,
                when=(Guard(channels),),
            )
            for channels, match in ((Each(keyword("channels")), None), (Each(keyword("patterns")), Match.GLOB))
        ),
        _messages("xread", Role.SUBSCRIBE, Keys(arg(0, "streams")), **_STREAM),
        _messages("xreadgroup", Role.SUBSCRIBE, Keys(arg(2, "streams")), group=arg(0, "groupname"), **_STREAM),
        *(_messages(m, Role.PUBLISH, arg(0, "name"), payload=arg(1), **_LIST) for m in ("lpush", "rpush")),
        *(_messages(m, Role.SUBSCRIBE, Each(Argument(0, "keys")), **_LIST) for m in ("blpop", "brpop")),
        *(_messages(m, Role.SUBSCRIBE, arg(0, "name"), **_LIST) for m in ("lpop", "rpop")),
        *(_messages(m, Role.SUBSCRIBE, arg(0), **_LIST) for m in ("blmove", "lmove", "brpoplpush", "rpoplpush")),
        _container("Stream.add", Role.PUBLISH, payload=arg(0, "data"), **_STREAM),
        _container("Stream.read", Role.SUBSCRIBE, **_STREAM),
        *(
            _container(f"{kind}.read", Role.SUBSCRIBE, Each(Maker(arg(1, "keys"))), group=Maker(arg(0, "group")), **_STREAM)
            for kind in ("consumer_group", "time_series")
        ),
        *(_container(f"{kind}.*.read", Role.SUBSCRIBE, MethodName(1), **_STREAM) for kind in ("consumer_group", "time_series")),
        *(_container(f"{kind}.*.add", Role.PUBLISH, MethodName(1), **_STREAM) for kind in ("consumer_group", "time_series")),
        *(_container(f"List.{m}", Role.PUBLISH, payload=arg(0), **_LIST) for m in ("append", "prepend")),
        *(_container(f"List.{m}", Role.SUBSCRIBE, **_LIST) for m in ("pop", "popleft", "bpopleft", "bpopright")),
        *(
            _messages("listener", Role.SUBSCRIBE, Each(given), form="decorator", match=match, when=(Guard(given),))
            for given, match in ((arg(0, "channels"), None), (arg(1, "patterns"), Match.GLOB))
        ),
        *(_messages(m, Role.PUBLISH, arg(1), **_LIST) for m in ("blmove", "lmove", "brpoplpush", "rpoplpush")),
    ),
)
