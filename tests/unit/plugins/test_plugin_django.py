"""Django and Django REST framework: URL tables, view classes and routers, and what only looks like them."""

from __future__ import annotations

import pytest
from flowmap.model.interaction import Role
from sightings import interactions, sightings

SETUP = """
from django.urls import include, path, re_path
from django.views import View
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.routers import DefaultRouter, SimpleRouter
from rest_framework.views import APIView

def control(request): ...

def orders(request, number=None): ...
"""
_CONTROL = "\nurlpatterns = [path('control', control)"
CONTROL = "serve http {} /control by control"

FORMS = [
    ("", "path('orders/', orders)", "serve http {} /orders by orders"),
    ("", "path('orders/<int:number>/', orders, name='order')", "serve http {} /orders/{} by orders"),
    ("", "path(route='orders', view=orders)", "serve http {} /orders by orders"),
    ("", "re_path(r'^orders/(?P<number>\\d+)/$', orders)", "serve http {} /orders/{} by orders"),
    ("from django.conf.urls import url", "url(r'^orders/$', orders)", "serve http {} /orders by orders"),
    ("", "path('api/', include([path('orders', orders)]))", "serve http {} /api/orders by orders"),
    (
        """
        class Orders(View):
            def get(self, request): ...
            def post(self, request): ...
        """,
        "path('orders', Orders.as_view())",
        "serve http GET /orders by Orders.get",
        "serve http POST /orders by Orders.post",
    ),
    (
        """
        class Orders(APIView):
            def get(self, request): ...
            def helper(self): ...
        """,
        "path('orders', Orders.as_view())",
        "serve http GET /orders by Orders.get",
    ),
    (
        """
        class Orders(generics.ListCreateAPIView):
            queryset = None
        """,
        "path('orders', Orders.as_view())",
        "serve http GET /orders by Orders",
        "serve http POST /orders by Orders",
    ),
    (
        """
        class Orders(generics.ListCreateAPIView):
            def list(self, request): ...
        """,
        "path('orders', Orders.as_view())",
        "serve http GET /orders by Orders.list",
        "serve http POST /orders by Orders",
    ),
    (
        """
        class Order(generics.RetrieveDestroyAPIView):
            queryset = None
        """,
        "path('orders/<pk>', Order.as_view())",
        "serve http GET /orders/{} by Order",
        "serve http DELETE /orders/{} by Order",
    ),
    (
        """
        class Orders(viewsets.ViewSet):
            def list(self, request): ...
        """,
        "path('orders', Orders.as_view({'get': 'list'}))",
        "serve http GET /orders by Orders.list",
    ),
    (
        """
        class Orders(viewsets.ReadOnlyModelViewSet): ...
        router = DefaultRouter()
        router.register('orders', Orders)
        """,
        "path('api/', include(router.urls))",
        "serve http GET /api/orders by Orders",
        "serve http GET /api/orders/{} by Orders",
    ),
    (
        """
        class Orders(viewsets.ViewSet):
            def list(self, request): ...
            def destroy(self, request, pk): ...
        router = SimpleRouter()
        router.register(r'orders', Orders, basename='order')
        """,
        "path('', include(router.urls))",
        "serve http GET /orders by Orders.list",
        "serve http DELETE /orders/{} by Orders.destroy",
    ),
    (
        """
        class Orders(mixins.CreateModelMixin, viewsets.GenericViewSet): ...
        router = SimpleRouter()
        router.register('orders', Orders)
        """,
        "path('', include(router.urls))",
        "serve http POST /orders by Orders",
    ),
    (
        """
        class Orders(viewsets.GenericViewSet):
            @action(detail=True, methods=['post'])
            def cancel(self, request, pk): ...
            @action(detail=False, url_path='old')
            def stale(self, request): ...
        router = SimpleRouter()
        router.register('orders', Orders)
        """,
        "path('', include(router.urls))",
        "serve http POST /orders/{}/cancel by Orders.cancel",
        "serve http GET /orders/old by Orders.stale",
    ),
    (
        """
        class Orders(viewsets.ModelViewSet): ...
        router = SimpleRouter()
        router.register('orders', Orders)
        """,
        "path('', include((router.urls, 'shop')))",
        "serve http GET /orders by Orders",
        "serve http POST /orders by Orders",
        "serve http GET /orders/{} by Orders",
        "serve http PUT /orders/{} by Orders",
        "serve http PATCH /orders/{} by Orders",
        "serve http DELETE /orders/{} by Orders",
    ),
    (
        """
        @api_view(['GET', 'POST'])
        def listed(request): ...
        """,
        "path('orders', listed)",
        "serve http GET /orders by listed",
        "serve http POST /orders by listed",
    ),
    (
        """
        from django.views.decorators.http import require_GET
        @require_GET
        def listed(request): ...
        """,
        "path('orders', listed)",
        "serve http GET /orders by listed",
    ),
    (
        """
        from django.views.decorators.http import require_http_methods
        @require_http_methods(['PUT'])
        def listed(request): ...
        """,
        "path('orders', listed)",
        "serve http PUT /orders by listed",
    ),
    (
        "from django.views.decorators.csrf import csrf_exempt",
        "path('orders', csrf_exempt(orders))",
        "serve http {} /orders by orders",
    ),
    (
        "from django.views.decorators.cache import cache_page",
        "path('orders', cache_page(60)(orders))",
        "serve http {} /orders by orders",
    ),
    (
        """
        from django.views.decorators.csrf import csrf_exempt
        class Orders(View):
            def post(self, request): ...
        """,
        "path('orders', csrf_exempt(Orders.as_view()))",
        "serve http POST /orders by Orders.post",
    ),
    (
        """
        from django.views.generic import ListView
        class Orders(ListView):
            model = None
        """,
        "path('orders', Orders.as_view())",
        "serve http GET /orders by Orders",
    ),
    (
        "from graphene_django.views import GraphQLView\nfrom django.views.decorators.csrf import csrf_exempt",
        "path('graphql/', csrf_exempt(GraphQLView.as_view(graphiql=True)))",
        "serve http POST /graphql by ?",
    ),
    (
        """
        from django.contrib.auth.mixins import LoginRequiredMixin
        from graphene_django.views import GraphQLView
        class Private(LoginRequiredMixin, GraphQLView): ...
        """,
        "path('graphql', Private.as_view())",
        "serve http POST /graphql by Private",
    ),
    (
        "from strawberry.django.views import AsyncGraphQLView",
        "path('graphql', AsyncGraphQLView.as_view(schema=None))",
        "serve http POST /graphql by ?",
    ),
    (
        "from ariadne_django.views import GraphQLView",
        "path('graphql', GraphQLView.as_view(schema=None), name='graphql')",
        "serve http POST /graphql by ?",
    ),
]

LOOK_ALIKES = [
    "class Orders(View):\n    def get(self, request): ...",
    "class Orders(viewsets.ModelViewSet): ...\nrouter = DefaultRouter()\nrouter.register('orders', Orders)",
    "class Orders(viewsets.ModelViewSet):\n    @action(detail=True)\n    def cancel(self, request, pk): ...",
    "path('orders', orders)",
    "unused = [path('orders', orders)]",
    "from pathlib import Path\nPath('orders')",
    "from os import path as p\np.join('orders', 'x')",
    "from django.contrib import admin\nadmin.site.register(object)",
    "import atexit\natexit.register(orders)",
    "from django.urls import reverse\nreverse('orders')",
    "from django.core.cache import cache\ncache.get('orders')",
    "from django.shortcuts import redirect\nredirect('/orders')",
    "class Order:\n    objects = None\nOrder.objects.get(pk=1)",
    """
    from django import template
    register = template.Library()
    @register.filter
    def shout(text): ...
    """,
    "class Router:\n    def register(self, prefix, view): ...\nRouter().register('orders', orders)",
    "from django.views.decorators.cache import cache_page\n@cache_page(60)\ndef listed(request): ...",
    "from rest_framework import serializers\nclass OrderSerializer(serializers.Serializer):\n    def create(self, data): ...",
    "from rest_framework.test import APIClient\nAPIClient().get('/orders')",
    "from django.test import Client\nClient().post('/orders')",
    """
    from django.core.management.base import BaseCommand
    class Command(BaseCommand):
        def handle(self, *args, **options): ...
    """,
    "from django.utils.functional import cached_property\nclass Shop:\n    @cached_property\n    def orders(self): ...",
    "from django.http import HttpResponse\nHttpResponse('orders')",
    "from graphene_django.views import GraphQLView\nview = GraphQLView.as_view(graphiql=True)",
    "from django.db import models\nclass Order(models.Model): ...",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, entry, *expected = form
    assert sightings(SETUP, code, f"{_CONTROL}, {entry}]") == sorted([CONTROL, *expected])


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, code, f"{_CONTROL}]") == [CONTROL]


def test_only_what_the_root_table_reaches_is_served() -> None:
    found = sightings(
        "ROOT_URLCONF = 'urls'\nINSTALLED_APPS = []",
        urls="from django.urls import include, path\nurlpatterns = [path('shop/', include('shop_urls'))]",
        shop_urls="from django.urls import path\nimport views\nurlpatterns = [path('orders', views.orders)]",
        old_urls="from django.urls import path\nimport views\nurlpatterns = [path('old', views.orders)]",
        views="def orders(request): ...",
    )
    assert found == ["serve http {} /shop/orders by orders"]


@pytest.mark.parametrize("included", ["'shop_urls'", "('shop_urls', 'shop')", "('shop_urls', 'shop'), namespace='x'"])
def test_without_settings_a_table_that_is_included_is_no_root(included: str) -> None:
    found = sightings(
        "import urls",
        urls=f"from django.urls import include, path\nurlpatterns = [path('shop/', include({included}))]",
        shop_urls="from django.urls import path\nimport views\nurlpatterns = [path('orders', views.orders)]",
        views="def orders(request): ...",
    )
    assert found == ["serve http {} /shop/orders by orders"]


RESTING = """
import requests
from django import forms
from django.urls import path
from django.views.generic import CreateView
from rest_framework import generics, permissions, serializers
from rest_framework.views import APIView

class OrderSerializer(serializers.ModelSerializer):
    customer = serializers.SerializerMethodField()
    def get_customer(self, order): requests.get("http://hub/customer")
    def validate_item(self, value): requests.get("http://hub/item")
    def create(self, data): requests.get("http://hub/create")

class OrderForm(forms.ModelForm):
    def clean_item(self): requests.get("http://hub/clean")

class Staff(permissions.BasePermission):
    def has_permission(self, request, view): requests.get("http://hub/staff")
"""


def reached(code: str) -> set[str]:
    """The paths of the requests to which the one endpoint leads."""
    found = interactions(RESTING, code, "urlpatterns = [path('orders', Orders.as_view())]")
    (served,) = {i.id for i in found if i.operation and i.operation.endswith("/orders")}
    return {i.operation.rpartition("/")[2] for i in found if i.operation and served in i.triggers}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("generics.ListAPIView):\n    serializer_class = OrderSerializer", {"customer"}),
        (
            "generics.GenericAPIView):\n    serializer_class = OrderSerializer\n    def get(self, r): return self.list(r)",
            {"customer"},
        ),
        (
            (
                "generics.GenericAPIView):\n    def get_serializer_class(self): return OrderSerializer\n"
                "    def post(self, r): return self.create(r)"
            ),
            {"customer", "item", "create"},
        ),
        (
            "generics.DestroyAPIView):\n    serializer_class = OrderSerializer\n    def delete(self, r): return self.destroy(r)",
            set(),
        ),
        ("APIView):\n    def get(self, r): return OrderSerializer(1).data", {"customer"}),
        ("APIView):\n    def put(self, r): return OrderSerializer(r.data).is_valid()", {"item", "customer"}),
        ("APIView):\n    def put(self, request): return OrderSerializer(request.data).is_valid()", {"item"}),
        ("APIView):\n    permission_classes = [Staff]\n    def get(self, r): ...", {"staff"}),
        ("APIView):\n    def post(self, r): return OrderForm(r.POST).is_valid()", {"clean"}),
        ("APIView):\n    def get(self, r): return OrderForm()", {"clean"}),
        ("APIView):\n    def get(self, r): return OrderForm", {"clean"}),
        ("APIView):\n    def get(self, r): ...", set()),
        ("generics.CreateAPIView):\n    def perform_create(self, s): requests.get('http://hub/made')", {"made"}),
        (
            (
                "generics.CreateAPIView):\n    def perform_create(self, s): requests.get('http://hub/made')\n"
                "    def post(self, r): return super().create(r)"
            ),
            {"made"},
        ),
        ("generics.ListAPIView):\n    def get_queryset(self): requests.get('http://hub/all')", {"all"}),
    ],
)
def test_what_the_framework_runs_counts_for_the_view(body: str, expected: set[str]) -> None:
    assert reached(f"class Orders({body}") == expected


ROUTED = """
class Orders(viewsets.ViewSet):
    def list(self, request): ...
class Items(viewsets.ViewSet):
    def list(self, request): ...
router, items = DefaultRouter(), SimpleRouter()
router.register("orders", Orders)
items.register("items", Items)
"""
ORDERS, ITEMS = "serve http GET /orders by Orders.list", "serve http GET /items by Items.list"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("urlpatterns = router.urls", [ORDERS]),
        ("urlpatterns = [path('control', control)] + router.urls", [ORDERS, CONTROL]),
        ("urlpatterns = router.urls + [path('control', control)]", [ORDERS, CONTROL]),
        ("urlpatterns = [path('control', control), *router.urls, *items.urls]", [ORDERS, ITEMS, CONTROL]),
        ("urlpatterns = [path('control', control)]\nurlpatterns += router.urls", [ORDERS, CONTROL]),
        ("urlpatterns = [path('control', control)]\nother = router.urls", [CONTROL]),
        ("urlpatterns = [path('control', control)] + unknown.urls", [CONTROL]),
    ],
)
def test_the_urls_of_a_router_may_be_the_table_or_part_of_it(table: str, expected: list[str]) -> None:
    assert sorted(sightings(SETUP + ROUTED, table)) == sorted(expected)


VIEWSET = """
class Orders(viewsets.ModelViewSet):
    serializer_class = OrderSerializer
    def get_queryset(self): requests.get("http://hub/all")
    def perform_create(self, s): requests.get("http://hub/made")
    def perform_update(self, s): requests.get("http://hub/changed")
    def perform_destroy(self, o): requests.get("http://hub/gone")
"""
FORM_VIEW = """
class Orders(CreateView):
    form_class = OrderForm
    def form_valid(self, form): requests.get("http://hub/saved")
    def get_context_data(self): requests.get("http://hub/page")
"""


@pytest.mark.parametrize(
    ("code", "route", "expected"),
    [
        (
            VIEWSET,
            "router.register('orders', Orders)",
            {
                "GET": {"all", "customer"},
                "POST": {"all", "customer", "item", "create", "made"},
                "PUT": {"all", "customer", "item", "changed"},
                "PATCH": {"all", "customer", "item", "changed"},
                "DELETE": {"all", "gone"},
            },
        ),
        (
            "class Orders(generics.ListCreateAPIView):\n    serializer_class = OrderSerializer",
            "urlpatterns = [path('orders', Orders.as_view())]",
            {"GET": {"customer"}, "POST": {"customer", "item", "create"}},
        ),
        (FORM_VIEW, "urlpatterns = [path('orders', Orders.as_view())]", {"GET": {"page"}, "POST": {"page", "clean", "saved"}}),
    ],
)
def test_a_method_counts_only_for_the_requests_for_which_it_runs(code: str, route: str, expected: dict[str, set[str]]) -> None:
    routed = f"router = DefaultRouter()\n{route}\nurlpatterns = router.urls" if "router" in route else route
    found = interactions(
        f"{RESTING}\nfrom rest_framework import viewsets\nfrom rest_framework.routers import DefaultRouter", code, routed
    )
    verbs: dict[str, set[str]] = {verb: set() for verb in expected}
    for served in (i for i in found if i.role is Role.SERVE and i.operation):
        for called in (i for i in found if i.operation and served.id in i.triggers):
            assert served.operation
            assert called.operation
            verbs[served.operation.split()[0]].add(called.operation.rpartition("/")[2])
    assert verbs == expected
