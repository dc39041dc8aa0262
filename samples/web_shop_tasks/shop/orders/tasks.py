"""What the shop's workers do."""

from enum import StrEnum

from celery import Task, current_app, shared_task
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

from orders.live import show
from orders.models import Order, Product


class ReportTask(StrEnum):
    """Tasks of the reports service, which has its own code base; they are sent by name."""

    BOOK_SALE = "reports.book_sale"


@shared_task(bind=True, name="orders.reserve_stock", max_retries=5, acks_late=True)  # flow: subscribe celery orders.reserve_stock
def reserve_stock(self: Task, order_id: int) -> None:
    """Take the articles from the shelf; try again later if there are not enough."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id, status=Order.Status.PLACED)
        shelf = Product.objects.filter(pk=order.product_id, in_stock__gte=order.quantity)
        if not shelf.update(in_stock=F("in_stock") - order.quantity):
            raise self.retry(countdown=300)
        order.status = Order.Status.RESERVED
        order.save(update_fields=["status"])
    show(order)


@shared_task(acks_late=True)  # flow: subscribe celery orders.tasks.book_payment
def book_payment(order_id: int, reference: str) -> None:
    """The order is paid: thank the customer, and let the reports know."""
    order = Order.objects.select_related("product").get(pk=order_id)
    order.status = Order.Status.PAID
    order.save(update_fields=["status"])
    show(order)
    send_receipt.delay(order_id, reference)  # flow: publish celery orders.tasks.send_receipt
    sale = {"order": order_id, "cents": order.product.price_cents * order.quantity}
    current_app.send_task(ReportTask.BOOK_SALE, kwargs=sale)  # flow: publish celery reports.book_sale


@shared_task(autoretry_for=(OSError,), retry_backoff=True)  # flow: subscribe celery orders.tasks.send_receipt
def send_receipt(order_id: int, reference: str) -> None:
    order = Order.objects.get(pk=order_id)
    send_mail("Your receipt", f"Order {order_id}, payment {reference}.", "shop@example.com", [order.email])  # flow: nothing


@shared_task(name="orders.cancel_if_unpaid")  # flow: subscribe celery orders.cancel_if_unpaid
def cancel_if_unpaid(order_id: int) -> None:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.status == Order.Status.PAID:
            return
        if order.status == Order.Status.RESERVED:
            Product.objects.filter(pk=order.product_id).update(in_stock=F("in_stock") + order.quantity)
        order.status = Order.Status.CANCELLED
        order.save(update_fields=["status"])
    show(order)


@shared_task  # flow: subscribe celery orders.tasks.purge_cancelled
def purge_cancelled() -> None:
    Order.objects.filter(status=Order.Status.CANCELLED).delete()
