"""Django and Django REST framework: URL tables from ROOT_URLCONF down, routers, view classes.

A function view answers every method unless a decorator restricts it, so its operation has a hole there."""

from collections.abc import Iterator
from typing import TypeAlias

from flowmap.plugin_api import Context, Enumeration, Found, Handler, Placed, Plugin, Role, Runs, SettingsModule, Wiring

_PATHS = {"django.urls.path()", "django.urls.re_path()", "django.conf.urls.url()"}
_INCLUDES = {"django.urls.include()", "django.conf.urls.include()"}
_VERBS = ("get", "post", "put", "patch", "delete")
_ROUTERS = ("rest_framework.routers.DefaultRouter", "rest_framework.routers.SimpleRouter")
_ACTIONS = {
    "list": ("GET", ""),
    "create": ("POST", ""),
    "retrieve": ("GET", "/{}"),
    "update": ("PUT", "/{}"),
    "partial_update": ("PATCH", "/{}"),
    "destroy": ("DELETE", "/{}"),
}
_MIXINS = {
    "ModelViewSet": tuple(_ACTIONS),
    "ReadOnlyModelViewSet": ("list", "retrieve"),
    "ListModelMixin": ("list",),
    "CreateModelMixin": ("create",),
    "RetrieveModelMixin": ("retrieve",),
    "UpdateModelMixin": ("update", "partial_update"),
    "DestroyModelMixin": ("destroy",),
}
_GENERICS = {
    "ListAPIView": ("get",),
    "CreateAPIView": ("post",),
    "RetrieveAPIView": ("get",),
    "UpdateAPIView": ("put", "patch"),
    "DestroyAPIView": ("delete",),
    "ListCreateAPIView": ("get", "post"),
    "RetrieveUpdateAPIView": ("get", "put", "patch"),
    "RetrieveDestroyAPIView": ("get", "delete"),
    "RetrieveUpdateDestroyAPIView": ("get", "put", "patch", "delete"),
    "ListView": ("get",),
    "DetailView": ("get",),
    "TemplateView": ("get",),
    "RedirectView": ("get",),
    "FormView": ("get", "post"),
    "CreateView": ("get", "post"),
    "UpdateView": ("get", "post"),
    "DeleteView": ("get", "post"),
}
_INHERITED = {
    "get": ("list", "retrieve"),
    "post": ("create",),
    "put": ("update",),
    "patch": ("partial_update",),
    "delete": ("destroy",),
}
"""The methods that the inherited verbs of generic views call, which the class may have itself."""
_COMPLETE = {
    "graphene_django.views.GraphQLView": ("post",),
    "graphene_file_upload.django.FileUploadGraphQLView": ("post",),
    "strawberry.django.views.GraphQLView": ("post",),
    "strawberry.django.views.AsyncGraphQLView": ("post",),
    "ariadne_django.views.GraphQLView": ("post",),
    "ariadne_django.views.GraphQLAsyncView": ("post",),
}
"""View classes that need no class of one's own, with what they answer."""
_RESTRICTED: dict[str, tuple[str, ...]] = {
    "rest_framework.decorators.api_view": ("GET",),
    "django.views.decorators.http.require_http_methods": (),
    "django.views.decorators.http.require_GET": ("GET",),
    "django.views.decorators.http.require_POST": ("POST",),
    "django.views.decorators.http.require_safe": ("GET", "HEAD"),
}
"""Decorators that say which methods a function view answers, with what they say if nothing is given to them."""
_MAX_DEPTH = 12
_CREATING = ("self.create", "self.post")
_UPDATING = ("self.update", "self.partial_update", "self.put", "self.patch")
_SHOWING = ("self.list", "self.retrieve", "self.get", *_CREATING, *_UPDATING)
_SENDING = ("self.post", "self.put", "self.form_valid")
_SERIALIZERS = tuple(f"rest_framework.serializers.{n}Serializer" for n in ("", "Base", "Model", "HyperlinkedModel", "List"))
_VIEWS = ("rest_framework.generics.*", "rest_framework.viewsets.*", "rest_framework.mixins.*", "rest_framework.views.APIView")
_FORMS = ("django.forms.*Form", "django.forms.models.*Form", "django.forms.forms.*Form")
_RUNS = (
    *(
        run
        for base in _SERIALIZERS
        for run in (
            Runs(base, ("to_representation", "get_{}"), by=("data", "self.list", *(() if "List" in base else _SHOWING))),
            Runs(
                base,
                ("validate", "validate_*", "to_internal_value", "run_validation"),
                by=("is_valid", "run_validation", *_CREATING, *_UPDATING),
            ),
            Runs(base, ("save",), by=("save", *_CREATING, *_UPDATING)),
            Runs(base, ("create",), by=("save", *_CREATING)),
            Runs(base, ("update",), by=("save", *_UPDATING)),
        )
    ),
    *(
        run
        for base in _VIEWS
        for run in (
            Runs(base, ("initial", "get_permissions", "get_authenticators", "check_permissions", "finalize_response"), always=True),
            Runs(base, ("get_serializer_class", "get_serializer_context", "get_serializer")),
            Runs(base, ("get_queryset", "filter_queryset", "get_object", "paginate_queryset")),
            Runs(base, ("perform_create",), by=_CREATING),
            Runs(base, ("perform_update",), by=_UPDATING),
            Runs(base, ("perform_destroy",), by=("self.destroy", "self.delete")),
        )
    ),
    *(Runs(f"rest_framework.permissions.{b}", ("has_permission",), always=True) for b in ("BasePermission", "Is*", "AllowAny")),
    *(Runs(f"rest_framework.authentication.{b}", ("authenticate",), always=True) for b in ("*Authentication",)),
    *(
        run
        for base in ("django.views.generic.*", "django.views.generic.*.*", "django.views.View")
        for run in (
            Runs(
                base,
                (
                    "dispatch",
                    "setup",
                    "get_context_data",
                    "get_queryset",
                    "get_object",
                    "get_form",
                    "get_form_class",
                    "get_form_kwargs",
                ),
            ),
            Runs(base, ("form_valid", "form_invalid"), by=_SENDING),
        )
    ),
    *(Runs(base, ("clean", "clean_*"), by=("is_valid", "errors", "full_clean", *_SENDING)) for base in _FORMS),
    *(Runs(base, ("save",), by=("save", *_SENDING)) for base in _FORMS),
)
"""What the libraries run of what is written for them, on behalf of whom: a view on that of whoever answers a request, a serializer
or form on that of who makes it and asks it something."""


_Entry: TypeAlias = tuple[Found, str, bool]
"""A view, or what is included, and its path."""


def _entries(context: Context) -> list[_Entry]:
    """Everything in the root URL table and those that it includes; without settings, in every URL table that no other includes."""
    roots = [m for f in context.assigned("ROOT_URLCONF") for n in f.texts() if (m := context.module(n)) is not None]
    tables = [r.get("urlpatterns") for r in roots] or _outermost(context)
    return [entry for table in tables for entry in _table(context, table, "", 0)]


def urls(context: Context) -> list[Wiring]:
    """Every endpoint below the root URL table; without settings, of every URL table that no other includes."""
    found: dict[Wiring, None] = {}
    for view, path, included in _entries(context):
        if included:
            found.update(dict.fromkeys(_routed(context, view.receiver(), path)))
            continue
        for method, handler in _view(context, view):
            found[Wiring(Role.SERVE, "http", view.where, operation=f"{method} {_plain(path)}", handler=handler)] = None
    return list(found)


def objects(context: Context) -> list[Placed]:
    """The objects of other libraries whose URLs stand in a table: `path("api/", api.urls)`."""
    return [Placed(view.receiver(), _plain(path)) for view, path, included in _entries(context) if not included]


def _outermost(context: Context) -> list[Found]:
    """The URL tables that no other includes."""
    tables = list(context.assigned("urlpatterns"))
    views = [e.argument(1, "view") for t in tables for e in t.elements() if e.names() & _PATHS]
    included = {m.where[0] for v in views if v.names() & _INCLUDES for m in _included(context, v.argument(0, "arg"))}
    return [t for t in tables if t.where[0] not in included] or tables


def _table(context: Context, table: Found, prefix: str, depth: int) -> Iterator[_Entry]:
    if depth > _MAX_DEPTH:
        return
    for entry in (table, *table.elements()):
        if any(n.endswith(".urls") for n in entry.names()):  # of a router, as a table or part of one
            yield entry, prefix, True
        if not entry.names() & _PATHS:
            continue
        for route in entry.argument(0, "route").texts() or entry.argument(0, "regex").texts():
            yield from _entry(context, entry, prefix + route.removeprefix("^"), depth)


def _entry(context: Context, entry: Found, path: str, depth: int) -> Iterator[_Entry]:
    view = entry.argument(1, "view")
    if view.names() & _INCLUDES:
        included = view.argument(0, "arg")
        for part in (included, *list(included.elements())[:1]):  # alone, or with the name of its application
            yield part, path, True
            yield from _table(context, part, path, depth + 1)
        for module in _included(context, included):
            yield from _table(context, module.get("urlpatterns"), path, depth + 1)
        return
    yield view, path, False


def _included(context: Context, included: Found) -> Iterator[Found]:
    """The modules that are included by their dotted names, alone or with the name of an application."""
    names = dict.fromkeys(n for part in (included, *list(included.elements())[:1]) for n in part.texts())
    yield from (m for n in names if (m := context.module(n)) is not None)


def _view(context: Context, view: Found, depth: int = 0) -> Iterator[tuple[str, Handler | None]]:
    """The methods that a view answers: the verbs of a class, those that a function is restricted to; else those of what is
    wrapped (`csrf_exempt(view)`)."""
    found = [*_class_view(view), *_function_view(context, view)]
    yield from found
    if not found and depth < _MAX_DEPTH and (wrapped := view.argument(0)).names() | {h.key for h in wrapped.handlers()}:
        yield from _view(context, wrapped, depth + 1)


def _function_view(context: Context, view: Found) -> Iterator[tuple[str, Handler]]:
    if list(view.receiver().methods()):
        return
    for handler in view.handlers():
        restricted = dict.fromkeys(
            method.upper()
            for name, usual in _RESTRICTED.items()
            for decorator, function, _ in context.decorated(name)
            if function.key == handler.key
            for method in [m for e in decorator.argument(0).elements() for m in e.texts()] or usual
        )
        for method in restricted or ("{}",):
            yield method, handler


def _class_view(view: Found) -> Iterator[tuple[str, Handler | None]]:
    cls = view.receiver()
    methods = dict(cls.methods())
    actions = {verb: action for verb, value in view.argument(0, "actions").items() for action in value.texts() if verb}
    for verb, action in actions.items():
        if action in methods:
            yield verb.upper(), methods[action]
    if not actions:
        for verb in (v for v in _VERBS if v in methods):
            yield verb.upper(), methods[verb]
        handlers = cls.handlers()[:1]
        names = cls.names() | {n.removesuffix(".as_view()") for n in view.names()}
        inherited = {v for n in names for v in _GENERICS.get(n.rpartition(".")[2], ())} if handlers else set()
        complete = {v for n in names for v in _COMPLETE.get(n, ())}
        for verb in sorted((inherited | complete) - methods.keys()):
            own = (methods[a] for a in _INHERITED.get(verb, ()) if a in methods)
            yield verb.upper(), next(own, None) or next(iter(handlers), None)


def _routed(context: Context, router: Found, prefix: str) -> Iterator[Wiring]:
    """`router.register(prefix, ViewSet)` for the router whose `urls` are included."""
    for callee, call in context.calls("register"):
        if not callee.names() & {f"{r}.register" for r in _ROUTERS} or not callee.receiver().same(router):
            continue
        cls = call.argument(1, "viewset")
        methods = dict(cls.methods())
        inherited = {a for n in cls.names() for a in _MIXINS.get(n.rpartition(".")[2], ())}
        for name in call.argument(0, "prefix").texts():
            yield from _actions(context, cls, f"{prefix}{name}")
            for action, (verb, tail) in _ACTIONS.items():
                handler = methods.get(action) or (next(iter(cls.handlers()), None) if action in inherited else None)
                if handler is not None:
                    path = _plain(f"{prefix}{name}{tail}")
                    yield Wiring(Role.SERVE, "http", call.where, operation=f"{verb} {path}", handler=handler)


def _actions(context: Context, cls: Found, prefix: str) -> Iterator[Wiring]:
    """`@action(detail=..., methods=[...], url_path=...)` methods of a view set."""
    for decorator, handler, owner in context.decorated("rest_framework.decorators.action"):
        if not cls.same(owner):
            continue
        methods = [m for e in decorator.argument(0, "methods").elements() for m in e.texts()] or ["get"]
        tail = "/{}" if "True" in decorator.argument(None, "detail").texts() else ""
        name = next(iter(decorator.argument(None, "url_path").texts()), handler.name.rpartition(".")[2])
        for method in methods:
            operation = f"{method.upper()} {_plain(f'{prefix}{tail}/{name}')}"
            yield Wiring(Role.SERVE, "http", decorator.where, operation=operation, handler=handler)


def _plain(path: str) -> str:
    return "/" + path.lstrip("/")


PLUGIN = Plugin(
    name="django",
    roots=("django", "rest_framework"),
    transport="http",
    aliases={
        "django.urls.conf.path": "django.urls.path",
        "django.urls.conf.include": "django.urls.include",
        "django.conf.urls.re_path": "django.urls.re_path",
    },
    modules=(SettingsModule("django.conf.settings", "DJANGO_SETTINGS_MODULE", marks=("INSTALLED_APPS", "ROOT_URLCONF")),),
    declaring=tuple(
        Enumeration(f"django.db.models.{m}{n}Choices", n == "Text") for m in ("", "enums.") for n in ("", "Integer", "Text")
    ),
    runs=_RUNS,
    places=objects,
    recognise=urls,
)
