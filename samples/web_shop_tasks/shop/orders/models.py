"""Tables of the shop."""

from django.db import models


class Product(models.Model):
    """Something to buy."""

    name = models.CharField(max_length=80)
    price_cents = models.PositiveIntegerField()
    in_stock = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """A customer's order of one product."""

    class Status(models.TextChoices):
        """Where an order stands."""

        PLACED = "placed"
        RESERVED = "reserved"
        PAID = "paid"
        CANCELLED = "cancelled"

    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField()
    country = models.CharField(max_length=2)
    email = models.EmailField()
    tax_cents = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLACED)
    placed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product}"
