"""The URL table of the campaigns."""

from django.urls import path

from campaigns.views import DiscountView

urlpatterns = [path("discounts/", DiscountView.as_view(), name="discounts")]  # flow: serve http GET /api/discounts/ handler=get
