"""The infrastructure of the bakery."""

import aws_cdk as cdk
from stacks.messaging import Messaging
from stacks.services import Services

app = cdk.App()
prefix = app.node.try_get_context("prefix") or "bakery"

messaging = Messaging(app, "Messaging", prefix=prefix)
Services(app, "Services", messaging=messaging)

app.synth()
