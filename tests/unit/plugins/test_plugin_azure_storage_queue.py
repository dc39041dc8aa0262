"""azure-storage-queue: queues of a storage account, sync and async."""

from __future__ import annotations

from sightings import checks

SETUP = """
from azure.storage.queue import QueueClient, QueueServiceClient
from azure.storage.queue.aio import QueueClient as Later
QueueClient('https://a.queue.core.windows.net', 'control').send_message('')
"""
CONTROL = "publish storagequeue control (command)"
FORMS = [
    ("QueueClient.from_connection_string('c', 'jobs').send_message('')", "publish storagequeue jobs (command)"),
    ("QueueClient.from_connection_string(conn_str='c', queue_name='jobs').send_message('')", "publish storagequeue jobs (command)"),
    (
        "QueueClient(account_url='https://a', queue_name='jobs', credential=None).send_message('')",
        "publish storagequeue jobs (command)",
    ),
    (
        "QueueClient.from_queue_url('https://a.queue.core.windows.net/jobs').send_message('')",
        "publish storagequeue jobs (command)",
    ),
    (
        "QueueServiceClient.from_connection_string('c').get_queue_client('jobs').send_message('')",
        "publish storagequeue jobs (command)",
    ),
    ("QueueServiceClient('https://a').get_queue_client(queue='jobs').send_message('')", "publish storagequeue jobs (command)"),
    ("QueueServiceClient('https://a').create_queue('jobs').send_message('')", "publish storagequeue jobs (command)"),
    (
        "def read():\n    for m in QueueClient('https://a', 'jobs').receive_messages():\n        print(m)",
        "subscribe storagequeue jobs (command) by read",
    ),
    (
        "async def read():\n    async with Later('https://a', 'jobs') as q:\n        await q.receive_message()",
        "subscribe storagequeue jobs (command) by read",
    ),
]
LOOK_ALIKES = [
    "class Mail:\n    def send_message(self, m): ...\nMail().send_message('')",
    "class Box:\n    def receive_messages(self): ...\nBox().receive_messages()",
    "QueueClient('https://a', 'jobs').create_queue()",
    "QueueClient('https://a', 'jobs').delete_message('m')",
    "QueueClient('https://a', 'jobs').peek_messages()",
    "QueueClient('https://a', 'jobs').update_message('m')",
    "QueueServiceClient('https://a').list_queues()",
    "QueueServiceClient('https://a').delete_queue('jobs')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
