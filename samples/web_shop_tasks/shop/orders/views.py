"""The HTTP interface of orders and products."""

from django.conf import settings
from django.db import transaction
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from orders.models import Order, Product
from orders.serializers import OrderSerializer, ProductSerializer
from orders.tasks import book_payment, cancel_if_unpaid, reserve_stock
from orders.tax import tax_for


class ProductViewSet(viewsets.ReadOnlyModelViewSet):
    """The catalogue."""

    queryset = Product.objects.order_by("name")
    serializer_class = ProductSerializer


class OrderViewSet(mixins.CreateModelMixin, mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    """Orders: place, look at, pay."""

    queryset = Order.objects.select_related("product").order_by("placed_at")
    serializer_class = OrderSerializer

    def perform_create(self, serializer: BaseSerializer) -> None:
        """Ask for the tax, then let the workers do the rest, once the order is in the database."""
        product, quantity = serializer.validated_data["product"], serializer.validated_data["quantity"]
        tax_cents = tax_for(serializer.validated_data["country"], product.price_cents * quantity)
        with transaction.atomic():
            order = serializer.save(tax_cents=tax_cents)
            transaction.on_commit(lambda: reserve_stock.delay(order.pk))  # flow: publish celery orders.reserve_stock
        delay = settings.UNPAID_AFTER_SECONDS
        cancel_if_unpaid.apply_async((order.pk,), countdown=delay)  # flow: publish celery orders.cancel_if_unpaid

    @action(detail=True, methods=["post"])  # flow: serve http POST /api/orders/{}/pay/ handler=pay
    def pay(self, request: Request, pk: str) -> Response:
        order = self.get_object()
        book_payment.delay(order.pk, request.data["reference"])  # flow: publish celery orders.tasks.book_payment
        return Response({"order": pk, "status": "accepted"}, status=202)
