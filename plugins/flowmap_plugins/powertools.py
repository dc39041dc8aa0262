"""AWS Lambda Powertools: the routes of its resolvers and routers, and parameters that it reads from the parameter store.

Which queue or topic wakes a handler is not in the code that it wraps: that stands in the template.
"""

from flowmap.plugin_api import Const, EnvironmentRead, Mounts, Pattern, Plugin, Serves, arg

_PACKAGE = "aws_lambda_powertools.event_handler"
_VERBS = ("get", "post", "put", "delete", "patch", "head")
_RESOLVERS = (
    "APIGatewayRestResolver",
    "APIGatewayHttpResolver",
    "ApiGatewayResolver",
    "ALBResolver",
    "LambdaFunctionUrlResolver",
    "VPCLatticeResolver",
    "VPCLatticeV2Resolver",
    "HttpResolver",
    "HttpResolverLocal",
)
_RESOLVER, _ROUTER = f"{_PACKAGE}.Resolver", f"{_PACKAGE}.Router"
_MODULES = ("api_gateway", "lambda_function_url", "vpc_lattice", "http_resolver")
_ROUTERS = (
    "APIGatewayRouter",
    "APIGatewayHttpRouter",
    "ALBRouter",
    "LambdaFunctionUrlRouter",
    "VPCLatticeRouter",
    "VPCLatticeV2Router",
)
_PARAMETERS = "aws_lambda_powertools.utilities.parameters"


def _routes(owner: str) -> tuple[Pattern, ...]:
    return (
        *(Serves(target=f"{owner}.{v}", path=arg(0, "rule"), methods=(v.upper(),)) for v in _VERBS),
        Serves(target=f"{owner}.route", path=arg(0, "rule"), methods=arg(1, "method")),
    )


PLUGIN = Plugin(
    name="powertools",
    roots=("aws_lambda_powertools",),
    aliases={
        **{f"{_PACKAGE}.{name}": _RESOLVER for name in _RESOLVERS},
        **{f"{_PACKAGE}.{module}.{name}": _RESOLVER for module in _MODULES for name in _RESOLVERS},
        **{f"{_PACKAGE}.router.{name}": _ROUTER for name in _ROUTERS},
        **{f"{_PACKAGE}.{module}.Router": _ROUTER for module in _MODULES},
    },
    patterns=(
        *_routes(_RESOLVER),
        *_routes(_ROUTER),
        Mounts(target=f"{_RESOLVER}.include_router", child=arg(0, "router"), prefix=arg(1, "prefix")),
    ),
    reads=(
        EnvironmentRead(f"{_PARAMETERS}.get_parameter()", arg(0, "name"), prefix=Const("ssm:")),
        EnvironmentRead(f"{_PARAMETERS}.ssm.get_parameter()", arg(0, "name"), prefix=Const("ssm:")),
        EnvironmentRead(f"{_PARAMETERS}.get_secret()", arg(0, "name"), prefix=Const("secret:")),
        EnvironmentRead(f"{_PARAMETERS}.secrets.get_secret()", arg(0, "name"), prefix=Const("secret:")),
    ),
)
