"""kombu's transport for SQS, except that it gives a message back as it is: `CELERY_BROKER_TRANSPORT = "django_on_aws.sqs:Transport"`."""

from kombu.transport import SQS


class Channel(SQS.Channel):
    """
    A task whose worker is lost becomes visible at once, and SQS counts that it was received.

    kombu would send a copy, whose count begins again, and leave the original: a task that kills its worker would multiply, and never
    end among the dead letters.
    """

    def _restore(self, message, *args, **kwargs):
        info = message.delivery_info
        queue = self.canonical_queue_name(info["routing_key"])
        self.sqs(queue=queue).change_message_visibility(
            QueueUrl=info["sqs_queue"],
            ReceiptHandle=info["sqs_message"]["ReceiptHandle"],
            VisibilityTimeout=0,
        )


class Transport(SQS.Transport):
    Channel = Channel
