"""A WebSocket whose messages go through the channel layer: all who are connected get them, whichever task they are on."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path


class EchoConsumer(AsyncWebsocketConsumer):
    groups = ["echo"]

    async def receive(self, text_data=None, bytes_data=None):
        await self.channel_layer.group_send("echo", {"type": "echo.message", "text": text_data or ""})

    async def echo_message(self, event):
        await self.send(text_data=event["text"])


websocket_urlpatterns = [path("ws/echo/", EchoConsumer.as_asgi())]
