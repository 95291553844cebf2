// The commands of the example's containers, as its README has them.

export const WSGI = ["gunicorn", "--config", "python:django_on_aws.gunicorn", "config.wsgi"];
export const ASGI = ["python", "-m", "django_on_aws.uvicorn", "config.asgi:application"];
export const WORKER = ["celery", "--app", "config", "worker", "--loglevel", "INFO"];
export const BEAT = ["celery", "--app", "config", "beat", "--loglevel", "INFO"];
export const FLOWER = ["celery", "--app", "config", "flower", "--port=5555"];
export const RQ = ["rq", "worker", "default"];
export const manage = (...words: readonly string[]) => ["python", "manage.py", ...words];
