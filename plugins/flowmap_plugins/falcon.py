"""Falcon, WSGI and ASGI: resources are objects that answer by `on_get`, `on_post`, or `on_get_<suffix>` where a route names one."""

from flowmap.plugin_api import Const, Format, Guard, Plugin, Serves, arg, keyword

_APP = "falcon.App"
_SUFFIX = keyword("suffix")
_VERB = Const("{}")

PLUGIN = Plugin(
    name="falcon",
    roots=("falcon",),
    transport="http",
    aliases={"falcon.API": _APP, "falcon.app.App": _APP, "falcon.asgi.App": _APP, "falcon.asgi.app.App": _APP},
    patterns=tuple(
        Serves(
            target=f"{_APP}.add_route",
            form="call",
            path=arg(0, "uri_template"),
            handler=arg(1, "resource"),
            views=True,
            named=named,
            when=(Guard(_SUFFIX, present=suffixed),),
        )
        for suffixed, named in ((False, Const("on_{}")), (True, Format("on_{}_{}", (_VERB, _SUFFIX))))
    ),
)
