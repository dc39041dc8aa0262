"""boto3: SQS, SNS, EventBridge, Kinesis, Lambda and Step Functions, and the many other things that AWS clients do."""

from __future__ import annotations

from sightings import checks, interactions

SETUP = """
import boto3

sqs = boto3.client("sqs")
sns = boto3.client("sns")
events = boto3.client("events")
functions = boto3.client("lambda")
URL = "https://sqs.eu-west-1.amazonaws.com/123/"
sqs.send_message(QueueUrl=URL + "control", MessageBody="x")
"""
CONTROL = "publish sqs control (command)"

FORMS = [
    (
        "boto3.client('kinesis').subscribe_to_shard(ConsumerARN='arn:aws:kinesis:eu:1:stream/clicks/consumer/me:1', ShardId='0')",
        "subscribe kinesis clicks by <module>",
    ),
    (
        "boto3.client('stepfunctions').get_activity_task(activityArn='arn:aws:states:eu:1:activity:approve')",
        "serve rpc approve by <module>",
    ),
    (
        "sqs.send_message(QueueUrl='https://sqs.eu-west-1.amazonaws.com/123/orders', MessageBody='x')",
        "publish sqs orders (command)",
    ),
    ("sqs.send_message(QueueUrl=URL + 'orders.fifo', MessageBody='x', MessageGroupId='1')", "publish sqs orders.fifo (command)"),
    (
        "sqs.send_message(QueueUrl=sqs.get_queue_url(QueueName='orders')['QueueUrl'], MessageBody='x')",
        "publish sqs orders (command)",
    ),
    (
        """
        url = sqs.create_queue(QueueName='orders')['QueueUrl']
        sqs.send_message(QueueUrl=url, MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    (
        """
        import json
        sqs.send_message(QueueUrl=URL + 'orders', MessageBody=json.dumps({'type': 'OrderPlaced'}))
        """,
        "publish sqs orders [OrderPlaced] (command)",
    ),
    ("sqs.send_message_batch(QueueUrl=URL + 'orders', Entries=[])", "publish sqs orders (command)"),
    (
        """
        def run():
            answer = sqs.receive_message(QueueUrl=URL + 'orders', MaxNumberOfMessages=10)
            for m in answer.get('Messages', []):
                print(m)
        """,
        "subscribe sqs orders (command) by run",
    ),
    ("boto3.resource('sqs').get_queue_by_name(QueueName='orders').send_message(MessageBody='x')", "publish sqs orders (command)"),
    ("boto3.resource('sqs').Queue(URL + 'orders').send_messages(Entries=[])", "publish sqs orders (command)"),
    (
        """
        def run():
            for m in boto3.resource('sqs').get_queue_by_name(QueueName='orders').receive_messages():
                m.delete()
        """,
        "subscribe sqs orders (command) by run",
    ),
    (
        "boto3.session.Session().client('sqs').send_message(QueueUrl=URL + 'orders', MessageBody='x')",
        "publish sqs orders (command)",
    ),
    (
        "boto3.Session().client(service_name='sqs').send_message(QueueUrl=URL + 'orders', MessageBody='x')",
        "publish sqs orders (command)",
    ),
    (
        """
        import aioboto3
        async def tell():
            async with aioboto3.Session().client('sqs') as c:
                await c.send_message(QueueUrl=URL + 'orders', MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    (
        """
        from aiobotocore.session import get_session
        async def tell():
            async with get_session().create_client('sqs') as c:
                await c.send_message(QueueUrl=URL + 'orders', MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    ("sns.publish(TopicArn='arn:aws:sns:eu-west-1:123:orders', Message='x')", "publish sns orders"),
    ("sns.publish(TargetArn='arn:aws:sns:eu-west-1:123:orders', Message='x')", "publish sns orders"),
    ("sns.publish_batch(TopicArn='arn:aws:sns:eu-west-1:123:orders', PublishBatchRequestEntries=[])", "publish sns orders"),
    ("sns.publish(TopicArn=sns.create_topic(Name='orders')['TopicArn'], Message='x')", "publish sns orders"),
    ("boto3.resource('sns').Topic('arn:aws:sns:eu-west-1:123:orders').publish(Message='x')", "publish sns orders"),
    ("boto3.resource('sns').create_topic(Name='orders').publish(Message='x')", "publish sns orders"),
    (
        "events.put_events(Entries=[{'Source': 'shop', 'DetailType': 'OrderPlaced', 'Detail': '{}'}])",
        "publish eventbridge default:OrderPlaced",
    ),
    (
        "events.put_events(Entries=[{'DetailType': 'A', 'EventBusName': 'shop'}, {'DetailType': 'B', 'EventBusName': 'shop'}])",
        "publish eventbridge shop:A",
        "publish eventbridge shop:B",
    ),
    (
        "events.put_events(Entries=[{'DetailType': 'A', 'EventBusName': 'arn:aws:events:eu-west-1:1:event-bus/shop'}])",
        "publish eventbridge shop:A",
    ),
    ("boto3.client('kinesis').put_record(StreamName='orders', Data=b'x', PartitionKey='1')", "publish kinesis orders"),
    (
        "boto3.client('kinesis').put_records(StreamARN='arn:aws:kinesis:eu-west-1:123:stream/orders', Records=[])",
        "publish kinesis orders",
    ),
    (
        """
        def run():
            boto3.client('kinesis').get_shard_iterator(StreamName='orders', ShardId='1', ShardIteratorType='LATEST')
        """,
        "subscribe kinesis orders by run",
    ),
    ("boto3.resource('dynamodb').Table('orders').put_item(Item={})", "publish dynamodb orders"),
    ("boto3.client('dynamodb').update_item(TableName='orders', Key={})", "publish dynamodb orders"),
    (
        "with boto3.resource('dynamodb').Table('orders').batch_writer() as batch:\n    batch.put_item(Item={})",
        "publish dynamodb orders",
    ),
    (
        """
        def send(events):
            for i in range(0, len(events), 10):
                boto3.client('events').put_events(Entries=events[i : i + 10])
        send([{'DetailType': 'A', 'EventBusName': 'shop'} for _ in range(20)])
        """,
        "publish eventbridge shop:A",
    ),
    (
        """
        sns.publish(
            TopicArn='arn:aws:sns:eu-west-1:123:orders',
            Message='x',
            MessageAttributes={'event_type': {'DataType': 'String', 'StringValue': 'OrderPlaced'}},
        )
        """,
        "publish sns orders [OrderPlaced]",
    ),
    ("boto3.client('firehose').put_record(DeliveryStreamName='clicks', Record={'Data': b''})", "publish firehose clicks"),
    ("boto3.client('firehose').put_record_batch(DeliveryStreamName='clicks', Records=[])", "publish firehose clicks"),
    (
        "boto3.client('scheduler').create_schedule(Name='x', Target={'Arn': 'arn:aws:sqs:e:1:jobs', 'RoleArn': 'r'})",
        "publish sqs jobs (command)",
    ),
    (
        "boto3.client('scheduler').create_schedule(Name='x', Target={'Arn': 'arn:aws:lambda:e:1:function:resize'})",
        "call rpc resize to resize without waiting",
    ),
    ("functions.invoke_async(FunctionName='resize', InvokeArgs=b'')", "call rpc resize to resize without waiting"),
    (
        """
        import aioboto3
        session = aioboto3.Session()
        async def tell():
            async with session.resource('sqs') as sqs:
                queue = await sqs.get_queue_by_name(QueueName='orders')
                await queue.send_message(MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    (
        """
        import aioboto3
        async def tell():
            async with aioboto3.Session().resource('sns') as sns:
                topic = await sns.Topic('arn:aws:sns:eu-west-1:123:orders')
                await topic.publish(Message='x')
        """,
        "publish sns orders",
    ),
    (
        """
        import aioboto3
        async def read():
            async with aioboto3.Session().client('sqs') as c:
                answer = await c.receive_message(QueueUrl=URL + 'orders')
        """,
        "subscribe sqs orders (command) by read",
    ),
    ("functions.invoke(FunctionName='resize', Payload=b'{}')", "call rpc resize to resize"),
    (
        "functions.invoke(FunctionName='arn:aws:lambda:eu-west-1:123:function:resize', InvocationType='RequestResponse')",
        "call rpc resize to resize",
    ),
    ("functions.invoke(FunctionName='resize', InvocationType='Event')", "call rpc resize to resize without waiting"),
    (
        "boto3.client('stepfunctions').start_execution(stateMachineArn='arn:aws:states:eu-west-1:123:stateMachine:checkout')",
        "call rpc checkout to checkout without waiting",
    ),
    (
        "boto3.client('stepfunctions').start_sync_execution(stateMachineArn='arn:aws:states:eu-west-1:1:stateMachine:checkout')",
        "call rpc checkout to checkout",
    ),
    (
        """
        class Out:
            def __init__(self):
                self.client = boto3.client('sqs')
            def tell(self):
                self.client.send_message(QueueUrl=URL + 'orders', MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    (
        """
        from functools import lru_cache
        @lru_cache
        def client():
            return boto3.client('sqs')
        client().send_message(QueueUrl=URL + 'orders', MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    ("import os\nsqs.send_message(QueueUrl=os.environ['ORDERS_QUEUE_URL'], MessageBody='x')", "publish sqs ? (command)"),
    (
        """
        entry = {'Source': 'shop', 'DetailType': 'A'}
        entry['EventBusName'] = 'shop'
        events.put_events(Entries=[entry])
        """,
        "publish eventbridge shop:A",
    ),
    (
        "from elsewhere import more\nevents.put_events(Entries=[{'DetailType': 'A', **more}])",
        "publish eventbridge A",
    ),
]

FORMS += [
    (
        """
        def make(kind):
            return boto3.client(kind)
        make('sqs').send_message(QueueUrl='orders', MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    (
        """
        from typing import Any
        def make(kind: str, region: str | None = None) -> Any:
            more: dict[str, Any] = {'region_name': region}
            return boto3.client(kind, **more)
        class Queue:
            def __init__(self) -> None:
                self._client: Any | None = None
            @property
            def client(self) -> Any:
                if self._client is None:
                    self._client = make('sqs')
                return self._client
            def put(self):
                self.client.send_message(QueueUrl='orders', MessageBody='x')
        """,
        "publish sqs orders (command)",
    ),
    (
        """
        class Aws:
            def make(self, kind):
                return boto3.session.Session().client(kind)
        Aws().make('sns').publish(TopicArn='arn:aws:sns:eu:1:orders', Message='x')
        """,
        "publish sns orders",
    ),
]
TELLING = "from house import aws\nimport house\n"
SENDER = """
class Sender:
    def __init__(self, client):
        self.client = client
    def send(self, queue):
        self.client.send_message(QueueUrl=queue, MessageBody="x")
"""
FORMS += [
    (TELLING + code, found)
    for code, found in (
        ("aws.client('sqs').send_message(QueueUrl=URL + 'orders', MessageBody='x')", "publish sqs orders (command) guess"),
        (SENDER + "Sender(aws.queues()).send(URL + 'orders')", "publish sqs orders (command) guess"),
        ("def work(client):\n    client.send_message(QueueUrl='orders', MessageBody='x')", "publish sqs orders (command) guess"),
        ("house.queues.send_message_batch(QueueUrl='orders', Entries=[])", "publish sqs orders (command) guess"),
        ("def work():\n    house.queues.receive_message(QueueUrl='orders')", "subscribe sqs orders (command) by work guess"),
        ("aws.topics().publish(TopicArn='arn:aws:sns:eu:1:placed', Message='x')", "publish sns placed guess"),
        ("aws.bus().put_events(Entries=[{'DetailType': 'Placed', 'EventBusName': 'b'}])", "publish eventbridge b:Placed guess"),
        ("aws.streams().put_record(StreamName='clicks', Data='x', PartitionKey='1')", "publish kinesis clicks guess"),
        ("aws.streams().put_record(DeliveryStreamName='clicks', Record={})", "publish firehose clicks guess"),
        ("aws.functions().invoke(FunctionName='bill', Payload='x')", "call rpc bill to bill guess"),
        ("aws.functions().invoke(FunctionName='bill', InvocationType='Event')", "call rpc bill to bill without waiting guess"),
        (
            "aws.steps().start_execution(stateMachineArn='arn:aws:states:eu:1:stateMachine:pay')",
            "call rpc pay to pay without waiting guess",
        ),
        (
            "def make(kind): return boto3.client(kind)\nmake(input()).send_message(QueueUrl='orders', MessageBody='x')",
            "publish sqs orders (command) guess",
        ),
        (SENDER + "Sender(sqs).send(URL + 'orders')", "publish sqs orders (command)"),
    )
]
FORMS += [
    ("boto3.resource('sqs').meta.client.send_message(QueueUrl='orders', MessageBody='x')", "publish sqs orders (command)"),
    ("boto3.resource('sns').meta.client.publish(TopicArn='arn:aws:sns:eu:1:placed', Message='x')", "publish sns placed"),
]
LOOK_ALIKES = [
    "boto3.resource('s3').meta.client.send_message(QueueUrl='orders', MessageBody='x')",
    "boto3.resource('sqs').meta.client.delete_message(QueueUrl='orders', ReceiptHandle='x')",
    *(
        TELLING + code
        for code in (
            "aws.client('sqs').send_message('orders', 'x')",
            "aws.client('sqs').delete_message(QueueUrl='orders', ReceiptHandle='x')",
            "aws.client('sns').publish(PhoneNumber='+4912345', Message='x')",
            "aws.client('lambda').invoke(name='bill')",
            "aws.functions().get_function(FunctionName='bill')",
            "print('x').send_message(QueueUrl='orders', MessageBody='x')",
            "boto3.client('s3').send_message(QueueUrl='orders', MessageBody='x')",
            "class Own:\n    def send_message(self, QueueUrl): ...\nOwn().send_message(QueueUrl='orders')",
            "def invoke(FunctionName): ...\ninvoke(FunctionName='bill')",
            "aws.send_message(queue_url='orders')",
            "aws.publish(topic_arn='orders')",
        )
    ),
    "def make(kind): return boto3.client(kind)\nmake('s3').send_message(QueueUrl='orders', MessageBody='x')",
    "def make(kind): return print(kind)\nmake('sqs').send_message(QueueUrl='orders', MessageBody='x')",
    "boto3.client('stepfunctions').send_task_success(taskToken='x', output='{}')",
    "boto3.client('kinesis').get_records(ShardIterator='x')",
    "sqs.delete_message(QueueUrl=URL + 'orders', ReceiptHandle='x')",
    "sqs.get_queue_url(QueueName='orders')",
    "sqs.create_queue(QueueName='orders')",
    "sqs.change_message_visibility(QueueUrl=URL + 'orders', ReceiptHandle='x', VisibilityTimeout=1)",
    "sqs.get_queue_attributes(QueueUrl=URL + 'orders')",
    "sns.create_topic(Name='orders')",
    "sns.publish(PhoneNumber='+4912345', Message='x')",
    "sns.list_topics()",
    "functions.invoke(FunctionName='resize', InvocationType='DryRun')",
    "functions.list_functions()",
    "boto3.client('s3').put_object(Bucket='orders', Key='x', Body=b'')",
    "boto3.client('s3').get_object(Bucket='orders', Key='x')",
    "boto3.client('ses').send_email(Source='a', Destination={}, Message={})",
    "boto3.client('events').list_rules()",
    "boto3.client('sagemaker-featurestore-runtime').put_record(FeatureGroupName='orders', Record=[])",
    "boto3.client('iot-data').get_thing_shadow(thingName='orders')",
    "import telegram\ntelegram.Bot('x').send_message(chat_id=1, text='orders')",
    "import smtplib\nsmtplib.SMTP('mail').send_message(None)",
    """
    class Chat:
        def send_message(self, QueueUrl, MessageBody): ...
    Chat().send_message(QueueUrl='orders', MessageBody='x')
    """,
    "def say(bot):\n    bot.send_message(queue_url='orders', message_body='x')",
    "def ask(model):\n    model.invoke('orders')",
    "import click\nctx = click.get_current_context()\nctx.invoke(print)",
    "def show(blog):\n    blog.publish(topic='orders', message='x')",
    "boto3.client('secretsmanager').get_secret_value(SecretId='orders')",
    "boto3.client('cloudwatch').put_metric_data(Namespace='orders', MetricData=[])",
    "boto3.client('ssm').send_command(DocumentName='orders')",
    "events.put_rule(Name='orders', EventPattern='{}')",
    "entries = []\nentries.append({'DetailType': 'OrderPlaced'})",
    "boto3.client('stepfunctions').describe_execution(executionArn='x')",
    "boto3.client('sqs').list_queues()",
    "boto3.client('scheduler').create_schedule(Name='x', Target={'Arn': 'arn:aws:batch:e:1:job-queue/x'})",
    "boto3.client('scheduler').create_schedule_group(Name='x')",
    "boto3.client('firehose').list_delivery_streams()",
    "boto3.client('logs').put_log_events(logGroupName='orders', logEvents=[])",
    "boto3.client('dynamodb').get_item(TableName='orders', Key={})",
    "boto3.resource('dynamodb').Table('orders').scan()",
    "boto3.client('kinesis').describe_stream(StreamName='orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


def test_a_queue_whose_setting_is_empty_is_a_blind_spot() -> None:
    """No broker makes up the address of a queue: it is unknown, and not private."""
    reader = "import os\ndef work():\n    sqs.receive_message(QueueUrl=os.getenv('QUEUE_URL', ''))"
    (found,) = (i for i in interactions(SETUP, reader) if i.handler is not None)
    assert (found.channel, found.unresolved, found.private) == (None, "an empty text", False)
