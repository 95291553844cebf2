"""One view for each thing that has to work behind the load balancer."""

import json
import time

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop import tasks
from shop.models import Product, Report, TaskRun


def home(request):
    return render(request, "shop/home.html", {"products": Product.objects.order_by("name")})


def slow(request):
    seconds = float(request.GET.get("seconds", "2"))
    time.sleep(seconds)
    return JsonResponse({"seconds": seconds})


def database(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT usename, ssl, pid FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE pid = pg_backend_pid()")
        user, ssl, pid = cursor.fetchone()
    return JsonResponse({"user": user, "ssl": ssl, "pid": pid})


def cache_counter(request):
    cache.add("counter", 0, timeout=None)
    return JsonResponse({"counter": cache.incr("counter")})


def session_counter(request):
    request.session["counter"] = request.session.get("counter", 0) + 1
    return JsonResponse({"counter": request.session["counter"]})


def client(request):
    return JsonResponse({"address": request.META["REMOTE_ADDR"], "scheme": request.scheme, "host": request.get_host()})


def error(request):
    raise RuntimeError("This page always fails.")


@csrf_exempt
@require_POST
def upload(request):
    return JsonResponse({"length": len(request.body)})


@csrf_exempt
def files(request):
    """Keeps what is sent, and says where it is; reads it again by its name."""
    if request.method == "POST":
        name = default_storage.save("uploads/note.txt", ContentFile(request.body))
        return JsonResponse({"name": name, "url": default_storage.url(name)})
    with default_storage.open(request.GET["name"]) as file:
        return JsonResponse({"content": file.read().decode()})


@csrf_exempt
@require_POST
def start_task(request):
    asked = json.loads(request.body)
    kinds = {
        "add": lambda: tasks.add.delay(),
        "sleep": lambda: tasks.sleep.delay(asked.get("seconds", 1)),
        "fail": lambda: tasks.fail.delay(),
        "retry": lambda: tasks.retry.delay(asked.get("seconds", 1)),
        "once": lambda: tasks.once.delay(),
        "poison": lambda: tasks.poison.delay(),
        "countdown": lambda: tasks.add.apply_async(countdown=asked.get("countdown", 5)),
    }
    if asked.get("kind") not in kinds:
        return JsonResponse({"error": f"kind is one of {', '.join(kinds)}"}, status=400)
    return JsonResponse({"id": kinds[asked["kind"]]().id})


def task(request, task_id):
    run = TaskRun.objects.filter(pk=task_id).first() or TaskRun(task_id=task_id)
    return JsonResponse({"started": run.started, "finished": run.finished})


def reports(request):
    return JsonResponse({"reports": Report.objects.count()})
