"""Stands in ElastiCache's place before a Redis: takes TLS, and IAM tokens for passwords.

Run as `python3 token_proxy.py SETTINGS.json`, with `listen` (addresses), `port`, `certificate`, `key`, `redis` (its socket),
`region`, `access_keys` (id: secret), `users` (name: {"cache": the cache's name, "password": Redis's own}) and `passwords` (names
of users whose password Redis looks at itself). A token is what
AWS documents: a presigned request to the cache, by GET, with Action=connect and User, that is valid for 15 minutes at most.
Prints a line for each log-in, `accepted USER DATE` or `refused USER: REASON`.
"""

import asyncio
import datetime
import hashlib
import hmac
import json
import ssl
import sys
import urllib.parse

LONGEST = 900


def signature(secret, scope, text):
    key = ("AWS4" + secret).encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def problem(settings, user, token, now=None):
    """Why a token is refused, or None."""
    known = settings["users"].get(user)
    if known is None:
        return "no such user"
    url = urllib.parse.urlsplit("https://" + token)
    fields = dict(urllib.parse.parse_qsl(url.query))
    try:
        identifier, *scope = fields["X-Amz-Credential"].split("/")
        signed_at = datetime.datetime.strptime(fields["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
        lasts = int(fields["X-Amz-Expires"])
        given = fields["X-Amz-Signature"]
    except (KeyError, ValueError):
        return "no presigned request"
    if url.netloc != known["cache"] or url.path != "/":
        return f"for {url.netloc}{url.path}, not for {known['cache']}/"
    if fields.get("Action") != "connect" or fields.get("User") != user:
        return "for another action or user"
    if scope != [fields["X-Amz-Date"][:8], settings["region"], "elasticache", "aws4_request"]:
        return f"scope {scope}"
    age = ((now or datetime.datetime.utcnow()) - signed_at).total_seconds()
    if lasts > LONGEST or not -300 <= age <= lasts:
        return f"signed {age:.0f} s ago, for {lasts} s"
    secret = settings["access_keys"].get(identifier)
    if secret is None:
        return "unknown access key"
    query = "&".join(
        f"{urllib.parse.quote(name, safe='-_.~')}={urllib.parse.quote(value, safe='-_.~')}"
        for name, value in sorted(fields.items())
        if name != "X-Amz-Signature"
    )
    empty = hashlib.sha256(b"").hexdigest()
    request = f"GET\n/\n{query}\nhost:{url.netloc}\n\nhost\n{empty}"
    text = "\n".join(
        ["AWS4-HMAC-SHA256", fields["X-Amz-Date"], "/".join(scope), hashlib.sha256(request.encode()).hexdigest()]
    )
    return None if hmac.compare_digest(signature(secret, scope, text), given) else "wrong signature"


async def command(reader):
    """One command of the client's: a list of words as bytes; empty at the end."""
    head = await reader.readline()
    if not head.startswith(b"*"):
        return []
    words = []
    for _ in range(int(head[1:])):
        size = int((await reader.readline())[1:])
        words.append((await reader.readexactly(size + 2))[:-2])
    return words


def encoded(words):
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


def log_in(settings, words):
    """The command with Redis's own password in the token's place, or None where the token is refused."""
    upper = [word.upper() for word in words]
    at = 0 if upper[0] == b"AUTH" else upper.index(b"AUTH") if upper[0] == b"HELLO" and b"AUTH" in upper else None
    if at is None or len(words) < at + 3:
        # Redis itself refuses whatever comes before a log-in.
        return words
    user, token = words[at + 1].decode(), words[at + 2].decode()
    if user in settings["passwords"]:
        return list(words)
    reason = problem(settings, user, token)
    if reason is not None:
        print(f"refused {user}: {reason}", flush=True)
        return None
    print(f"accepted {user} {dict(urllib.parse.parse_qsl(token))['X-Amz-Date']}", flush=True)
    return [*words[: at + 2], settings["users"][user]["password"].encode(), *words[at + 3 :]]


async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def serve(settings, reader, writer):
    redis_reader, redis_writer = await asyncio.open_unix_connection(settings["redis"])
    answers = asyncio.create_task(copy(redis_reader, writer))
    try:
        while words := await command(reader):
            logged_in = log_in(settings, words)
            if logged_in is None:
                writer.write(b"-WRONGPASS invalid username-password pair or user is disabled.\r\n")
            else:
                redis_writer.write(encoded(logged_in))
                if logged_in is not words:
                    break
        await copy(reader, redis_writer)
    except (ConnectionError, asyncio.IncompleteReadError, ValueError):
        pass
    finally:
        redis_writer.close()
        writer.close()
        answers.cancel()


async def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings["certificate"], settings["key"])
    server = await asyncio.start_server(
        lambda reader, writer: serve(settings, reader, writer), settings["listen"], settings["port"], ssl=context
    )
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
