"""User and password from the secret: kept, and read again where PostgreSQL refuses them."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest import TestCase, mock

from django_on_aws.postgresql import login

ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/database-AbCdEf"


class Refused(Exception):
    sqlstate = "28P01"


class DatabaseLoginTest(TestCase):
    def setUp(self):
        self.secret, self.database = "first", "first"
        self.reads = 0
        client = mock.Mock()
        client.get_secret_value.side_effect = self.read
        for patch in (
            mock.patch.object(login.boto3, "client", return_value=client),
            mock.patch.object(login.time, "sleep", self.sleep),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        self.slept = 0
        self.login = login.Login(ARN)

    def read(self, SecretId):
        self.assertEqual(SecretId, ARN)
        self.reads += 1
        return {"SecretString": json.dumps({"username": "shop", "password": self.secret})}

    def sleep(self, seconds):
        """RDS writes the secret some time after it has changed the password."""
        self.slept += 1
        if self.slept == 3:
            self.secret = self.database

    def attempt(self, arguments):
        if arguments != {"user": "shop", "password": self.database}:
            raise Refused
        return arguments["password"]

    def test_reads_once(self):
        self.assertEqual([self.login.connect(self.attempt) for _ in range(3)], ["first"] * 3)
        self.assertEqual(self.reads, 1)

    def test_reads_again_when_refused(self):
        self.login.connect(self.attempt)
        self.secret = self.database = "second"
        self.assertEqual(self.login.connect(self.attempt), "second")
        self.assertEqual((self.reads, self.slept), (2, 0))

    def test_waits_for_a_secret_that_follows_the_password(self):
        self.login.connect(self.attempt)
        self.database = "second"
        self.assertEqual(self.login.connect(self.attempt), "second")
        self.assertEqual(self.slept, 3)

    def test_gives_up_in_the_end(self):
        with mock.patch.object(login, "PATIENCE_SECONDS", -1), self.assertRaises(Refused):
            self.database = "never"
            self.login.connect(self.attempt)

    def test_leaves_other_errors_alone(self):
        def attempt(arguments):
            raise ConnectionError("no route")

        with self.assertRaises(ConnectionError):
            self.login.connect(attempt)
        self.assertEqual(self.reads, 1)

    def test_knows_a_refusal_by_libpqs_text(self):
        text = 'connection failed: FATAL:  password authentication failed for user "shop"'
        self.assertTrue(login.refused(Exception(text)))
        self.assertFalse(login.refused(Exception("server closed the connection unexpectedly")))

    def test_threads_that_ask_at_once_share_one(self):
        login.boto3.client.side_effect = lambda *words, **options: threading.Event().wait(0.05)
        with ThreadPoolExecutor(5) as threads:
            logins = set(threads.map(login.login, [f"{ARN}-shared"] * 5))
        self.assertEqual(len(logins), 1)
