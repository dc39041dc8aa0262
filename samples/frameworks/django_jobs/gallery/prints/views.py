"""Takes orders."""

from django.http import HttpRequest, HttpResponse
from django_q.models import Schedule
from django_q.tasks import async_task

from prints.tasks import frame, press


def order(request: HttpRequest) -> HttpResponse:
    number = int(request.POST["print"])
    press.enqueue(number)  # flow: publish django-tasks prints.tasks.press
    press.using(priority=10).enqueue(number)  # flow: publish django-tasks prints.tasks.press
    async_task(frame, number)  # flow: publish django-q prints.tasks.frame
    Schedule.objects.get_or_create(func="prints.tasks.sweep")  # flow: publish django-q prints.tasks.sweep
    return HttpResponse(Schedule.objects.count())  # flow: nothing
