"""Django's models."""

from keeping import checks

SETUP = """
from django.contrib.auth.models import User
from django.db import models, transaction
from django.forms import ModelForm

class Order(models.Model):
    total = models.IntegerField()

class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)

class OrderForm(ModelForm):
    class Meta:
        model = Order
"""

FORMS: list[tuple[str, ...]] = [
    ("Order(total=1).save()", "write Order lasts"),
    ("def run(order: Order):\n    order.total = 2\n    order.save(update_fields=['total'])", "write Order lasts"),
    ("order = Order.objects.get(pk=1)\norder.save()", "read Order", "write Order lasts"),
    ("Order.objects.create(total=1)", "write Order lasts"),
    ("async def run():\n    await Order.objects.acreate(total=1)", "write Order lasts"),
    ("Order.objects.filter(total=1).update(total=2)", "write Order lasts"),
    ("Order.objects.filter(total=1).exclude(pk=2).delete()", "write Order lasts again"),
    ("Order.objects.get_or_create(total=1)", "write Order lasts again"),
    ("Order.objects.bulk_create([Order()])", "write Order lasts"),
    ("def run(line: Line):\n    line.order.save()", "write lasts"),
    ("def run(user: User):\n    user.save()", "write lasts"),
    ("OrderForm({}).save()", "write OrderForm lasts"),
    ("with transaction.atomic():\n    Order.objects.create()", "begin lasts", "write Order lasts"),
    ("@transaction.atomic\ndef run():\n    Order.objects.create()", "begin lasts", "write Order lasts"),
    ("@transaction.atomic(using='x')\ndef run():\n    Order.objects.create()", "begin lasts", "write Order lasts"),
    ("transaction.on_commit(lambda: print(1))", "defer"),
    ("if Order.objects.filter(total=1).exists():\n    pass", "read Order"),
]

LOOK_ALIKES = [
    "seen = {}\nseen.update(total=1)",
    "class Order2:\n    def save(self): ...\nOrder2().save()",
    "from django.core.files.storage import default_storage\ndefault_storage.delete('x')",
    "from django.core.cache import cache\ncache.delete('x')",
    "Order.objects.filter(total=1)",
    "Order(total=1)",
    "def run(storage):\n    storage.save('x')",
    "class Kept:\n    @classmethod\n    def create(cls): ...\nKept.create()",
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
