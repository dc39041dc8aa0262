"""Knative Eventing: an event is sent as an HTTP request to the address of a broker, a channel or a sink.

Where that address is set by a binding, a deployment file says so. Namespaces are left out of the names.
"""

from flowmap.plugin_api import Addressed, Plugin

_TYPE = "ce-type"
_INGRESSES = ("broker-ingress", "kafka-broker-ingress", "kafka-sink-ingress")
"""One each for the brokers in memory, those of Kafka, and the sinks; the path says which is meant."""

PLUGIN = Plugin(
    name="knative",
    roots=(),
    transport="knative",
    addressed=(
        *(
            Addressed("/{namespace}/{channel}", host=f"{ingress}.knative-eventing", transport="knative", event=_TYPE)
            for ingress in _INGRESSES
        ),
        Addressed(host="{channel}-kn-channel", transport="knative", event=_TYPE),
    ),
)
