"""The URL table of the campaigns."""

from django.urls import path

from campaigns.views import CampaignView

urlpatterns = [
    path(
        "campaigns/<slug:tier>/",
        CampaignView.as_view(),  # flow: serve http PUT /api/campaigns/{}/ ; serve http DELETE /api/campaigns/{}/
    ),
]
