"""Hooks that mappers of objects run: of whom does what stands in them."""

from __future__ import annotations

import pytest
from sightings import interactions

MODELS = """
import mongoengine
import requests
from fastapi import FastAPI
from google.cloud import ndb

app = FastAPI()

class Order(ndb.Model):
    def _pre_put_hook(self): requests.get("http://hub/pre")
    def _post_put_hook(self, future): requests.get("http://hub/post")
    @classmethod
    def _pre_delete_hook(cls, key): requests.get("http://hub/delete")
    def _about_to_put(self): requests.get("http://hub/never")

class Page(mongoengine.Document):
    def clean(self): requests.get("http://hub/clean")

class Plain:
    def _post_put_hook(self, future): requests.get("http://hub/plain")
    def clean(self): requests.get("http://hub/plain")
"""


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ("Order().put()", {"pre", "post"}),
        ("order = Order.get_by_id(1)\n    order.put_async()", {"pre", "post"}),
        ("ndb.put_multi([Order()])", {"pre", "post"}),
        ("for order in Order.query():\n        order.key.delete()", {"delete"}),
        ("Page().save()", {"clean"}),
        ("return Order.query().fetch()", set()),
        ("return Page.objects()", set()),
        ("Plain().put()", set()),
        ("Plain().save()", set()),
    ],
)
def test_whoever_keeps_an_object_runs_its_hooks(work: str, expected: set[str]) -> None:
    found = interactions(MODELS, f"@app.get('/orders')\ndef orders():\n    {work}\n")
    (served,) = {i.id for i in found if i.operation == "GET /orders"}
    assert {i.operation.rpartition("/")[2] for i in found if i.operation and served in i.triggers} == expected
