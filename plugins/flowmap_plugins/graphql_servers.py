"""GraphQL servers (Strawberry, Graphene, Ariadne): the endpoint of HTTP that a schema is served at. What can be asked there is not
told apart."""

from flowmap.plugin_api import Const, FirstOf, Guard, Inside, Mounts, Plugin, Serves, arg, keyword

_ROUTERS = ("strawberry.fastapi.GraphQLRouter", "strawberry.fastapi.router.GraphQLRouter")
_APPLICATIONS = ("ariadne.asgi.GraphQL", "ariadne.asgi.graphql.GraphQL", "starlette_graphene3.GraphQLApp")
_HOMES = ("fastapi.FastAPI", "starlette.applications.Starlette")
_VIEW = arg(2, "view_func")

PLUGIN = Plugin(
    name="graphql-servers",
    roots=("strawberry", "graphene", "ariadne", "starlette_graphene3", "flask_graphql", "graphql_server"),
    passive=("graphene", "flask_graphql", "graphql_server"),
    transport="http",
    router_prefix=dict.fromkeys(_ROUTERS, keyword("prefix")),
    patterns=(
        *(
            Serves(target=router, form="call", path=FirstOf((keyword("path"), Const(""))), methods=("GET", "POST"))
            for router in _ROUTERS
        ),
        *(Serves(target=made, form="call", path=Const(""), methods=("POST",)) for made in _APPLICATIONS),
        Mounts(target="starlette.routing.Route", child=arg(1, "endpoint"), prefix=arg(0, "path")),
        *(Mounts(target=f"{home}.add_route", child=arg(1, "route"), prefix=arg(0, "path")) for home in _HOMES),
        *(
            Serves(
                target=f"{owner}.add_url_rule",
                form="call",
                path=arg(0, "rule"),
                methods=("POST",),
                when=(Guard(Inside(_VIEW, arg(0, "name")), matching=r"."), Guard(Inside(_VIEW, keyword("schema")))),
            )
            for owner in ("flask.Flask", "flask.Blueprint")
        ),
    ),
)
