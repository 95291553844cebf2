"""The smaller parts of django_on_aws."""

import gc
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from unittest import TestCase, mock
from urllib.parse import parse_qs

import botocore.auth
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory, override_settings
from gunicorn.app.wsgiapp import WSGIApplication

from django_on_aws import environment, uvicorn
from django_on_aws.logs import JsonFormatter
from django_on_aws.middleware import HealthCheckMiddleware
from django_on_aws.redis_iam import ElastiCacheCredentials
from django_on_aws.redis_login import celery_url, redis_credentials


def variables(**values):
    return mock.patch.dict(os.environ, values, clear=True)


class RedisTest(TestCase):
    def test_signs_a_token_again_and_again(self):
        keys = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"}
        named = {"REDIS_USER": "shop-app", "REDIS_CACHE_NAME": "shop", "AWS_DEFAULT_REGION": "eu-central-1"}
        with variables(**keys, **named):
            provider = ElastiCacheCredentials()
            provider.get_credentials()
            gc.collect()
            user, token = provider.get_credentials()
        self.assertEqual(user, "shop-app")
        self.assertTrue(token.startswith("shop/?Action=connect&User=shop-app&"), token)
        self.assertIn("eu-central-1%2Felasticache%2Faws4_request", token)
        self.assertIn("X-Amz-Expires=900", token)

    def test_logs_on_as_the_variables_say(self):
        there = {"REDIS_HOST": "cache.internal", "REDIS_PORT": "6379"}
        with variables(**there):
            self.assertIsNone(redis_credentials())
            self.assertEqual(celery_url(1), "rediss://cache.internal:6379/1?ssl_cert_reqs=required")
        with variables(**there, REDIS_USER="shop-app", REDIS_PASSWORD="p:a@s/s"):
            self.assertEqual(redis_credentials().get_credentials(), ("shop-app", "p:a@s/s"))
            self.assertEqual(
                celery_url(1),
                "rediss://shop-app:p%3Aa%40s%2Fs@cache.internal:6379/1?ssl_cert_reqs=required",
            )
        with variables(**there, REDIS_USER="shop-app", REDIS_CACHE_NAME="shop", AWS_REGION="eu-central-1"):
            self.assertIsInstance(redis_credentials(), ElastiCacheCredentials)
            self.assertTrue(celery_url(1).endswith("&credential_provider=django_on_aws.redis_iam.ElastiCacheCredentials"))
        # Half of it is no reason to try without.
        for half in ({"REDIS_USER": "shop-app"}, {"REDIS_CACHE_NAME": "shop"}, {"REDIS_PASSWORD": "secret"}):
            with variables(**there, **half), self.assertRaises(ImproperlyConfigured):
                redis_credentials()

    def test_a_token_is_as_young_as_its_connection(self):
        """A process lives longer than the 15 minutes that a token is good for."""
        named = {"REDIS_USER": "shop-app", "REDIS_CACHE_NAME": "shop", "AWS_DEFAULT_REGION": "eu-central-1"}
        signed = []
        with variables(AWS_ACCESS_KEY_ID="AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY="example", **named):
            provider = ElastiCacheCredentials()
            for minute in (0, 16, 32):
                now = datetime(2026, 11, 29, 12, minute, tzinfo=timezone.utc)
                with mock.patch.object(botocore.auth, "get_current_datetime", return_value=now):
                    _, token = provider.get_credentials()
                signed.append(parse_qs(token)["X-Amz-Date"])
        self.assertEqual(signed, [["20261129T120000Z"], ["20261129T121600Z"], ["20261129T123200Z"]])


class EnvironmentTest(TestCase):
    def test_what_is_required_is_missed(self):
        with variables(), self.assertRaisesMessage("DATABASE_HOST is not set"):
            environment.required("DATABASE_HOST")

    def assertRaisesMessage(self, text):
        return self.assertRaisesRegex(ImproperlyConfigured, text)

    def test_the_build_of_the_image_does_without(self):
        with variables(IMAGE_BUILD="True"):
            self.assertEqual(environment.required("DATABASE_HOST"), "build")

    def test_the_database_logs_on_by_secret_or_by_password(self):
        with variables(DATABASE_LOGIN_ARN="arn:secret"):
            self.assertEqual(environment.database_login(), {"LOGIN_SECRET": "arn:secret"})
        with variables(DATABASE_USER="shop", DATABASE_PASSWORD="p=,'\"% w"):
            self.assertEqual(environment.database_login(), {"USER": "shop", "PASSWORD": "p=,'\"% w"})

    def test_pairs_keep_what_follows_the_first_equals_sign(self):
        with variables(QUEUE_URLS="jobs=https://sqs/1/jobs?a=b,mail=https://sqs/1/mail"):
            expected = {"jobs": "https://sqs/1/jobs?a=b", "mail": "https://sqs/1/mail"}
            self.assertEqual(environment.pairs("QUEUE_URLS"), expected)

    def test_what_is_wrong_is_named(self):
        for read, value in [
            (lambda name: environment.number(name, 2), "abc"),
            (lambda name: environment.number(name, 2), "-1"),
            (lambda name: environment.number(name, 2), "1.5"),
            (environment.flag, "true"),
            (environment.flag, "1"),
            (environment.pairs, "jobs"),
        ]:
            with self.subTest(value), variables(SHOP_VALUE=value):
                with self.assertRaisesMessage(f"SHOP_VALUE .*'{value}'"):
                    read("SHOP_VALUE")

    def test_what_is_not_set_is_the_default(self):
        with variables(SHOP_VALUE=""):
            self.assertEqual(environment.number("SHOP_VALUE", 2), 2)
            self.assertIs(environment.flag("SHOP_VALUE"), False)
            self.assertEqual(environment.items("SHOP_VALUE"), [])

    def test_spaces_after_commas_count_for_nothing(self):
        with variables(ALLOWED_HOSTS="shop.example.com, www.example.com,"):
            self.assertEqual(environment.items("ALLOWED_HOSTS"), ["shop.example.com", "www.example.com"])


class UvicornTest(TestCase):
    def test_takes_the_platforms_variables(self):
        given = {"WORKER_PROCESSES": "3", "KEEP_ALIVE_SECONDS": "3615", "GRACEFUL_SECONDS": "50"}
        options = self.options(**given, TRUSTED_PROXIES="1", TRUSTED_NETWORKS="10.0.0.0/24,10.0.1.0/24")
        self.assertEqual(options["workers"], 3)
        self.assertEqual(options["timeout_keep_alive"], 3615)
        self.assertEqual(options["timeout_graceful_shutdown"], 50)
        self.assertEqual(options["forwarded_allow_ips"], "10.0.0.0/24,10.0.1.0/24")
        self.assertTrue(options["proxy_headers"])
        self.assertFalse(options["access_log"])

    def test_trusts_nobody_unless_told(self):
        self.assertFalse(self.options()["proxy_headers"])

    def test_what_a_team_sets_wins(self):
        self.assertEqual(self.options(WORKER_PROCESSES="3", WEB_CONCURRENCY="5")["workers"], 5)
        self.assertEqual(self.options(WORKER_PROCESSES="3", UVICORN_WORKERS="6")["workers"], 6)
        self.assertEqual(self.options("--workers=7", WORKER_PROCESSES="3", UVICORN_WORKERS="6")["workers"], 7)

    def test_is_asked_to_end_while_it_starts(self):
        """As ECS asks, of the first process alone."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "slow.py").write_text(f"import pathlib, time\npathlib.Path('{folder}/begun').touch()\ntime.sleep(60)\n")
            with self.started("slow:application", folder) as server:
                self.wait_for(lambda: Path(folder, "begun").exists())
                server.terminate()
                output, _ = server.communicate(timeout=20)
        self.assertEqual(server.returncode, 0, output)
        self.assertNotIn("ERROR", output)

    def test_ends_where_its_processes_cannot_start(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "broken.py").write_text("raise RuntimeError('broken')\n")
            with self.started("broken:application", folder) as server:
                output, _ = server.communicate(timeout=30)
        self.assertEqual(server.returncode, 3, output)
        self.assertIn("A process could not start", output)

    @contextmanager
    def started(self, application, folder):
        path = os.pathsep.join([folder, str(Path(uvicorn.__file__).parent.parent)])
        values = {"PYTHONPATH": path, "PORT": "0", "WORKER_PROCESSES": "2"}
        command = [sys.executable, "-m", "django_on_aws.uvicorn", application]
        output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        with subprocess.Popen(command, env={**os.environ, **values}, start_new_session=True, **output) as server:
            try:
                yield server
            finally:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGKILL)

    def wait_for(self, condition):
        deadline = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), deadline, "It takes too long.")
            time.sleep(0.1)

    def options(self, *words, **values):
        """What uvicorn's command makes of them."""
        with variables(**values):
            command = ["config.asgi:application", *words]
            return uvicorn.uvicorn.main.make_context("uvicorn", command, default_map=uvicorn.options()).params


class GunicornTest(TestCase):
    def test_takes_the_platforms_variables(self):
        given = {"WORKER_PROCESSES": "3", "WORKER_THREADS": "6", "KEEP_ALIVE_SECONDS": "3615", "GRACEFUL_SECONDS": "50"}
        config = self.config(**given)
        self.assertEqual((config.workers, config.threads, config.keepalive, config.graceful_timeout), (3, 6, 3615, 50))

    def test_what_a_team_sets_wins(self):
        self.assertEqual(self.config(WORKER_PROCESSES="3", WEB_CONCURRENCY="5").workers, 5)
        arguments = {"GUNICORN_CMD_ARGS": "--workers 6 --keep-alive 90"}
        config = self.config(WORKER_PROCESSES="3", WEB_CONCURRENCY="5", KEEP_ALIVE_SECONDS="75", **arguments)
        self.assertEqual((config.workers, config.keepalive), (6, 90))
        self.assertEqual(self.config("--workers=7", WORKER_PROCESSES="3", **arguments).workers, 7)

    def config(self, *words, **values):
        """What gunicorn's command makes of them."""
        command = ["gunicorn", "--config", "python:django_on_aws.gunicorn", *words, "config.wsgi"]
        # It reads the variables when it is imported.
        sys.modules.pop("django_on_aws.gunicorn", None)
        with variables(**values), mock.patch.object(sys, "argv", command):
            return WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").cfg


class HealthCheckTest(TestCase):
    def test_answers_its_path_with_or_without_a_query(self):
        for path in ("/health/live/", "/health/live/?full=1"):
            with override_settings(HEALTH_CHECK_PATH=path, DEBUG=True):
                middleware = HealthCheckMiddleware(lambda request: None)
                answers = [middleware(RequestFactory().get(asked)) for asked in (path, "/other/")]
            self.assertEqual([answer and answer.status_code for answer in answers], [200, None])


class LogsTest(TestCase):
    def test_a_record_is_one_line(self):
        try:
            raise RuntimeError("two\nlines")
        except RuntimeError:
            record = logging.LogRecord("shop", logging.ERROR, "", 0, "a\nb %s", ("c",), sys.exc_info())
        line = JsonFormatter().format(record)
        self.assertNotIn("\n", line)
        entry = json.loads(line)
        self.assertEqual((entry["level"], entry["logger"], entry["message"]), ("ERROR", "shop", "a\nb c"))
        self.assertIn("RuntimeError: two\nlines", entry["traceback"])


class HeartbeatTest(TestCase):
    def check(self, file, seconds):
        command = [sys.executable, "-m", "django_on_aws.heartbeat", file, str(seconds)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    def test_is_as_well_as_its_file_is_young(self):
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder) / "heartbeat")
            self.assertEqual(self.check(file, 60), 1)
            Path(file).touch()
            self.assertEqual(self.check(file, 60), 0)
            os.utime(file, (time.time() - 120, time.time() - 120))
            self.assertEqual(self.check(file, 60), 1)
