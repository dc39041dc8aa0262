"""Quotes for carriage, by weight and by distance."""

from flask import Flask
from jsonrpc.backend.flask import api


class Carrier:
    """Ways of carriage."""

    def cheapest(self, grams: int) -> str:
        return "rail" if grams > 30_000 else "road"

    def _insured(self) -> bool:
        return True


@api.dispatcher.add_method
def by_weight(grams: int) -> int:  # flow: serve rpc by_weight handler=by_weight
    return grams // 100


def by_distance(kilometres: int) -> int:
    return kilometres * 3


api.dispatcher.add_method(by_distance, "distance.quote")  # flow: serve rpc distance.quote handler=by_distance
api.dispatcher.add_object(Carrier())  # flow: serve rpc carrier.cheapest handler=cheapest

app = Flask(__name__)
app.register_blueprint(api.as_blueprint(), url_prefix="/rpc")  # flow: serve http POST /rpc
