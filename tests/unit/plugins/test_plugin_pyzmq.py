"""pyzmq: sockets by kind and address, topics, messages in pieces, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import zmq
context = zmq.Context()
control = context.socket(zmq.PUB)
control.bind("tcp://*:5000")
control.send_string("control on")
"""
CONTROL = "publish zmq/topics 5000:control"


def made(kind: str, address: str, rest: str, how: str = "bind") -> str:
    """A socket with an address, and what is done with it."""
    return f"s = context.socket(zmq.{kind})\ns.{how}({address!r})\n{rest}"


FORMS = [
    (made("PUB", "tcp://*:5556", "s.send_multipart([b'orders', b'{}'])"), "publish zmq/topics 5556:orders"),
    (made("PUB", "tcp://*:5556", "s.send(b'orders', zmq.SNDMORE)\ns.send_json({})"), "publish zmq/topics 5556:orders"),
    (made("PUB", "tcp://*:5556", "s.send_string('orders', flags=zmq.SNDMORE)\ns.send(b'x')"), "publish zmq/topics 5556:orders"),
    (made("PUB", "tcp://*:5556", "def go(n):\n    s.send_string(f'orders {n}')"), "publish zmq/topics 5556:orders"),
    (made("PUB", "tcp://*:5556", "s.send_json({'type': 'OrderPlaced'})"), "publish zmq/topics 5556:5556"),
    (made("PUB", "ipc:///tmp/feed", "s.send_pyobj([1])"), "publish zmq/topics /tmp/feed:/tmp/feed"),
    (made("PUB", "inproc://feed", "s.send_multipart([b'a', b'b'])"), "publish zmq/topics feed:a inside"),
    (made("SUB", "tcp://feed:5556", "s.subscribe('orders')", "connect"), "subscribe zmq/topics 5556:orders* glob by <module>"),
    (made("SUB", "tcp://feed:5556", "s.setsockopt(zmq.SUBSCRIBE, b'')", "connect"), "subscribe zmq/topics 5556:* glob by <module>"),
    (
        made("SUB", "tcp://feed:5556", "s.setsockopt_string(zmq.SUBSCRIBE, 'a.')", "connect"),
        "subscribe zmq/topics 5556:a.* glob by <module>",
    ),
    (
        """
        class Feed:
            def __init__(self, port):
                self.socket = zmq.Context.instance().socket(zmq.SUB)
                self.socket.connect(f"tcp://feed:{port}")
                self.socket.subscribe("orders")
            def run(self):
                while True:
                    self.socket.recv_multipart()
        Feed(5556).run()
        """,
        "subscribe zmq/topics 5556:orders* glob by Feed.run",
    ),
    (
        """
        class Sender:
            def __init__(self, url):
                self.url = url
            def open(self):
                self.socket = zmq.asyncio.Context().socket(zmq.PUSH)
                self.socket.connect(self.url)
            def send(self, what):
                self.socket.send_json(what)
        sender = Sender("tcp://work:7000")
        sender.open()
        sender.send({})
        """,
        "publish zmq/pipe 7000 (command)",
    ),
    (made("PULL", "tcp://*:7000", "def run():\n    s.recv_json()"), "subscribe zmq/pipe 7000 (command) by run"),
    (made("REQ", "tcp://stock:8000", "s.send(b'?')\ns.recv()", "connect"), "call rpc 8000 over zmq 8000"),
    (made("DEALER", "tcp://stock:8000", "s.send_multipart([b'', b'?'])", "connect"), "call rpc 8000 over zmq 8000"),
    (made("REP", "tcp://*:8000", "s.recv()\ns.send(b'!')"), "subscribe zmq 8000 (query) by <module>"),
    (made("ROUTER", "tcp://*:8000", "s.recv_multipart()"), "subscribe zmq 8000 (query) by <module>"),
    (
        """
        from zmq.eventloop.zmqstream import ZMQStream
        stream = ZMQStream(context.socket(zmq.PUSH))
        stream.connect("tcp://work:7000")
        stream.send_json({})
        """,
        "publish zmq/pipe 7000 (command)",
    ),
    ("s = zmq.Socket(context, zmq.PUSH)\ns.connect('tcp://work:7000')\ns.send(b'x')", "publish zmq/pipe 7000 (command)"),
    ("s = context.socket(zmq.PUSH)\ns.bind_to_random_port('tcp://*')\ns.send(b'x')", "publish zmq/pipe ? (command)"),
    (
        "import os\n" + made("PUB", "x", "s.send_multipart([b'a', b'b'])").replace("'x'", "os.environ['FEED']"),
        "publish zmq/topics a",
    ),
    (
        "import os\n" + made("PUSH", "x", "s.send(b'a')").replace("'x'", "f\"tcp://work:{os.environ['PORT']}\""),
        "publish zmq/pipe ? (command)",
    ),
    *(
        (
            f"""
            {sides}
            pub = context.socket(zmq.PUB)
            pub.connect('tcp://switch:6000')
            pub.send_string('orders.placed 1')
            sub = context.socket(zmq.SUB)
            sub.connect('tcp://switch:6001')
            sub.subscribe('orders.')
            def read(): sub.recv_string()
            """,
            "publish zmq/topics 6000:orders.placed",
            "subscribe zmq/topics 6000:orders.* glob by read",
        )
        for sides in (
            "f = context.socket(zmq.XSUB); f.bind('tcp://*:6000'); b = context.socket(9); b.bind('tcp://*:6001'); zmq.proxy(f, b)",
            "p = zmq.devices.ThreadProxy(zmq.XSUB, zmq.XPUB); p.bind_in('tcp://*:6000'); p.bind_out('tcp://*:6001'); p.start()",
        )
    ),
    (
        """
        front = context.socket(zmq.PULL); front.bind('tcp://*:6000')
        back = context.socket(zmq.PUSH); back.bind('tcp://*:6001')
        zmq.device(zmq.STREAMER, front, back)
        out = context.socket(zmq.PUSH)
        out.connect('tcp://switch:6000')
        out.send(b'x')
        """,
        "publish zmq/pipe 6000 (command)",
        "subscribe zmq/pipe 6000 (command) by <module>",
    ),
]
LOOK_ALIKES = [
    made("REP", "tcp://*:8000", "").replace("s.bind('tcp://*:8000')", "s.send(b'!')"),
    made("SUB", "tcp://feed:5556", "s.setsockopt(zmq.RCVTIMEO, 100)", "connect"),
    made("SUB", "tcp://feed:5556", "s.unsubscribe('orders')", "connect"),
    made("PUB", "tcp://*:5556", "s.setsockopt(zmq.LINGER, 0)\ns.close()"),
    made("PUSH", "tcp://work:7000", "s.poll(10)", "connect"),
    made("PAIR", "tcp://work:7000", "s.send(b'x')", "connect"),
    "import socket\ns = socket.socket()\ns.connect(('host', 1))\ns.send(b'x')",
    "class Mail:\n    def bind(self, address): ...\n    def send(self, what): ...\nm = Mail()\nm.bind('tcp://*:1')\nm.send('x')",
    "zmq.Poller().register(control, zmq.POLLOUT)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
