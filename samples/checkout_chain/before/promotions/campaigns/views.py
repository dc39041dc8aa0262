"""Endpoints of the campaigns."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.loyalty import tier_of

PERCENT_BY_TIER = {"gold": 15, "silver": 8, "none": 0}


class DiscountView(APIView):
    """What a customer gets off today."""

    def get(self, request: Request) -> Response:
        tier = tier_of(request.query_params["customer"])
        return Response({"percent": PERCENT_BY_TIER[tier]})
