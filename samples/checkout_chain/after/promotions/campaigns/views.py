"""Endpoints of the campaigns."""

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.streams import record


class CampaignSerializer(serializers.Serializer):
    """How much the members of a tier get off."""

    percent = serializers.IntegerField(min_value=1, max_value=50)


class CampaignView(APIView):
    """The campaign for one tier."""

    def put(self, request: Request, tier: str) -> Response:
        campaign = CampaignSerializer(data=request.data)
        campaign.is_valid(raise_exception=True)
        record("launched", {"tier": tier, **campaign.validated_data})  # flow: publish redis campaign.launched
        return Response(status=status.HTTP_202_ACCEPTED)

    def delete(self, request: Request, tier: str) -> Response:  # noqa: ARG002
        record("ended", {"tier": tier})  # flow: publish redis campaign.ended
        return Response(status=status.HTTP_202_ACCEPTED)
