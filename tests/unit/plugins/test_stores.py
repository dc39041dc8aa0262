"""Document databases (MongoDB, Cosmos DB, DynamoDB) and the smaller mappers of objects."""

from keeping import checks

SETUP = """
import beanie
import boto3
import mongoengine
import peewee
from azure.cosmos import CosmosClient
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import MongoClient
from pymongo.collection import Collection
from tortoise import fields, models, transactions

db = MongoClient("mongodb://db").shop
sqlite = peewee.SqliteDatabase("a.db")

class Page(peewee.Model): ...
class Post(mongoengine.Document): ...
class Note(beanie.Document): ...
class Row(models.Model): ...
"""

FORMS: list[tuple[str, ...]] = [
    ("db.orders.insert_one({})", "open db/shop", "write orders lasts"),
    ("db['orders'].update_one({}, {})", "open db/shop", "write orders lasts"),
    ("db.orders.count_documents({})", "open db/shop"),
    ("MongoClient()['shop']['orders'].delete_many({})", "write orders lasts again"),
    ("def run(orders: Collection):\n    orders.replace_one({}, {})", "write lasts again"),
    ("async def run():\n    await AsyncIOMotorClient().shop.orders.insert_one({})", "write orders lasts"),
    ("async def run(shop: AsyncIOMotorDatabase):\n    await shop.orders.find_one({})", "read orders"),
    ("CosmosClient('u', 'k').get_database_client('d').get_container_client('c').upsert_item({})", "write lasts again"),
    ("boto3.resource('dynamodb').Table('orders').put_item(Item={})", "write lasts again"),
    ("boto3.client('dynamodb').update_item(TableName='orders', Key={})", "write orders lasts"),
    ("Page.create(title='x')", "write Page lasts"),
    ("Page.insert_many([]).execute()", "write Page lasts"),
    ("Page().delete_instance()", "write Page lasts again"),
    ("with sqlite.atomic():\n    Page().save()", "begin lasts", "write Page lasts"),
    ("Post().save()", "write Post lasts"),
    ("Post.objects(title='x').update(title='y')", "write Post lasts"),
    ("async def run():\n    await Note().insert()", "write Note lasts"),
    ("async def run(note: Note):\n    await note.replace()", "write Note lasts again"),
    ("async def run():\n    await Row.create()", "write Row lasts"),
    (
        "async def run():\n    async with transactions.in_transaction():\n        await Row().save()",
        "begin lasts",
        "write Row lasts",
    ),
    ("@transactions.atomic()\nasync def run():\n    await Row.get_or_create()", "begin lasts", "write Row lasts again"),
]

LOOK_ALIKES = [
    "db.orders.options()",
    "def run(orders):\n    orders.insert_one({})",
    "{}.update(a=1)",
    "class Plain:\n    def save(self): ...\nPlain().save()",
    "boto3.resource('dynamodb').Table('orders').get_item(Key={})",
    "boto3.client('s3').put_object(Bucket='b', Key='k')",
    "Page.select().where(Page.title == 'x')",
    "Post.objects(title='x').first()",
    "[].insert(0, Note)",
    "CosmosClient('u', 'k').get_database_client('d').read()",
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
