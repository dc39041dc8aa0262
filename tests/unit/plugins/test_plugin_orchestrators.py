"""Airflow, Prefect and pyzeebe: what is triggered, waited for, deployed and updated, and what only looks like it."""

from __future__ import annotations

from sightings import checks_of_each

AIRFLOW = """
from airflow import DAG
from airflow.datasets import Dataset
from airflow.decorators import dag, task
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sensors.external_task import ExternalTaskSensor
orders = Dataset("s3://orders")
"""
PREFECT = """
import prefect
from prefect import flow, serve, task
from prefect.deployments import run_deployment
from prefect.events import DeploymentEventTrigger, EventTrigger, emit_event

@flow
def add_up(month: str): ...
"""
ZEEBE = """
from pyzeebe import SyncZeebeClient, ZeebeClient, ZeebeTaskRouter, ZeebeWorker, create_insecure_channel
channel = create_insecure_channel()
client = ZeebeClient(channel)
worker = ZeebeWorker(channel)
"""

FORMS = [
    (AIRFLOW, "TriggerDagRunOperator(task_id='t', trigger_dag_id='load')", "call rpc load without waiting"),
    (AIRFLOW, "TriggerDagRunOperator(task_id='t', trigger_dag_id='load', wait_for_completion=True)", "call rpc load"),
    (
        AIRFLOW,
        "TriggerDagRunOperator(task_id='t', trigger_dag_id='load', wait_for_completion=False)",
        "call rpc load without waiting",
    ),
    (AIRFLOW, "ExternalTaskSensor(task_id='w', external_dag_id='load')", "call rpc load"),
    (AIRFLOW, "with DAG('load', schedule='@daily'):\n    pass", "serve rpc load by <module>"),
    (AIRFLOW, "@dag(schedule=None)\ndef load(): ...", "serve rpc load by load"),
    (AIRFLOW, "@dag('other')\ndef load(): ...", "serve rpc other by load"),
    (
        AIRFLOW,
        "with DAG(dag_id='load', schedule=[orders, Dataset('s3://prices')]):\n    pass",
        "serve rpc load by <module>",
        "subscribe airflow s3://orders by <module>",
        "subscribe airflow s3://prices by <module>",
    ),
    (
        AIRFLOW,
        "from airflow.sdk import Asset\n@dag(schedule=Asset('orders', uri='s3://orders'))\ndef load(): ...",
        "serve rpc load by load",
        "subscribe airflow s3://orders by load",
    ),
    (
        AIRFLOW,
        """
        from airflow.providers.google.cloud.operators.pubsub import PubSubPublishMessageOperator
        from airflow.providers.google.cloud.sensors.pubsub import PubSubPullSensor
        PubSubPublishMessageOperator(task_id='t', topic='bills', messages=[])
        PubSubPullSensor(task_id='w', project_id='p', subscription='fees')
        """,
        "publish pubsub bills",
        "subscribe pubsub fees by <module>",
    ),
    (AIRFLOW, "@task(outlets=[orders])\ndef fill(): ...", "publish airflow s3://orders"),
    (
        AIRFLOW,
        "from airflow.operators.bash import BashOperator\nBashOperator(task_id='b', bash_command='x', outlets=[orders])",
        "publish airflow s3://orders",
    ),
    (
        AIRFLOW,
        "from airflow.providers.apache.kafka.operators.produce import ProduceToTopicOperator as Put\nPut(topic='orders')",
        "publish kafka orders",
    ),
    (
        AIRFLOW,
        "from airflow.providers.amazon.aws.sensors.sqs import SqsSensor\nSqsSensor(task_id='s', sqs_queue='https://sqs/1/orders')",
        "subscribe sqs orders (command) by <module>",
    ),
    (
        AIRFLOW,
        "with DAG('load', schedule=(Dataset('a') & orders) | Dataset('c')):\n    pass",
        "serve rpc load by <module>",
        "subscribe airflow a by <module>",
        "subscribe airflow c by <module>",
        "subscribe airflow s3://orders by <module>",
    ),
    (PREFECT, "run_deployment('add-up/nightly')", "call rpc add-up/nightly"),
    (PREFECT, "run_deployment(name='add-up/nightly', timeout=0)", "call rpc add-up/nightly without waiting"),
    (PREFECT, "prefect.deployments.run_deployment('add-up/nightly', timeout=10)", "call rpc add-up/nightly"),
    (
        PREFECT,
        "from prefect.deployments import arun_deployment\nasync def go():\n    await arun_deployment('add-up/nightly')",
        "call rpc add-up/nightly",
    ),
    (PREFECT, "add_up.serve(name='nightly')", "serve rpc add-up/nightly by add_up"),
    (PREFECT, "serve(add_up.to_deployment('nightly'))", "serve rpc add-up/nightly by add_up"),
    (PREFECT, "@flow(name='monthly')\ndef end(): ...\nend.deploy('x', work_pool_name='p')", "serve rpc monthly/x by end"),
    (PREFECT, "flow.from_source('.', entrypoint='app.py:add_up').deploy(name='x')", "serve rpc add-up/x by add_up"),
    (PREFECT, "emit_event(event='report.written', resource={})", "publish prefect report.written"),
    (PREFECT, "DeploymentEventTrigger(expect={'report.written'})", "subscribe prefect report.written glob by <module>"),
    (PREFECT, "EventTrigger(expect={'report.*'}, posture='Reactive')", "subscribe prefect report.* glob by <module>"),
    (ZEEBE, "@worker.task(task_type='check')\nasync def check(): ...", "serve rpc check by check"),
    (ZEEBE, "router = ZeebeTaskRouter()\n@router.task('check', timeout_ms=1)\ndef check(): ...", "serve rpc check by check"),
    (ZEEBE, "async def go():\n    await client.run_process('settle', variables={})", "call rpc settle to zeebe without waiting"),
    (ZEEBE, "SyncZeebeClient(channel).run_process_with_result(bpmn_process_id='settle')", "call rpc settle to zeebe"),
    (ZEEBE, "async def go():\n    await client.publish_message(name='paid', correlation_key='1')", "publish zeebe paid"),
    (ZEEBE, "async def go():\n    await client.broadcast_signal('closing')", "publish zeebe closing"),
]
LOOK_ALIKES = [
    (AIRFLOW, "TriggerDagRunOperator"),
    (AIRFLOW, "@task\ndef fill(): ..."),
    (AIRFLOW, "from airflow.operators.python import PythonOperator\nPythonOperator(task_id='t', outlets=['not an asset'])"),
    (AIRFLOW, "class DAG2:\n    def __init__(self, dag_id): ...\nDAG2('load')"),
    (PREFECT, "add_up('may')"),
    (PREFECT, "@task\ndef total(): ...\ntotal.submit()"),
    (PREFECT, "DeploymentEventTrigger(expect={'prefect.flow-run.Failed'})"),
    (PREFECT, "DeploymentEventTrigger(match={'prefect.resource.id': 'x'})"),
    (PREFECT, "class Shop:\n    def serve(self, name): ...\nShop().serve('nightly')"),
    (PREFECT, "def run_deployment(name): ...\nrun_deployment('add-up/nightly')"),
    (ZEEBE, "worker.include_router(ZeebeTaskRouter())"),
    (ZEEBE, "async def go():\n    await client.deploy_resource('settle.bpmn')"),
    (ZEEBE, "class Mail:\n    def publish_message(self, name): ...\nMail().publish_message('paid')"),
]

test_a_form_is_found, test_a_look_alike_is_not = checks_of_each(FORMS, LOOK_ALIKES)
