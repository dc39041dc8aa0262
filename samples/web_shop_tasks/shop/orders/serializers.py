"""How the shop's tables look from outside."""

from rest_framework import serializers

from orders.models import Order, Product


class ProductSerializer(serializers.ModelSerializer):
    """A product of the catalogue."""

    class Meta:
        """What is shown."""

        model = Product
        fields = ("id", "name", "price_cents", "in_stock")


class OrderSerializer(serializers.ModelSerializer):
    """An order."""

    class Meta:
        """What is shown and what may be sent."""

        model = Order
        fields = ("id", "product", "quantity", "country", "email", "tax_cents", "status")
        read_only_fields = ("tax_cents", "status")
