"""Reads mails with Python's email package: a line of base64 in, a line of JSON out."""

import base64
import email
import email.policy
import json
import sys


def mailboxes(message, name):
    field = message[name]
    return [] if field is None else [[one.display_name, one.addr_spec] for one in field.addresses]


def text_of(part):
    return part.get_content().replace("\r\n", "\n").rstrip()


def read(source):
    message = email.message_from_bytes(source, policy=email.policy.default)
    found = {"text": "", "html": "", "calendar": "", "files": []}
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if kind in ("text/plain", "text/html", "text/calendar") and part.get_filename() is None:
            found[kind.split("/")[1].replace("plain", "text")] = text_of(part)
        else:
            content = base64.b64encode(part.get_payload(decode=True)).decode()
            found["files"].append({"name": part.get_filename(), "content": content})
    return {
        "from": mailboxes(message, "From")[0],
        "to": mailboxes(message, "To"),
        "cc": mailboxes(message, "Cc"),
        "bcc": mailboxes(message, "Bcc"),
        "replyTo": mailboxes(message, "Reply-To"),
        "subject": str(message["Subject"] or ""),
        "note": str(message["X-Note"] or ""),
        **found,
    }


for line in sys.stdin:
    print(json.dumps(read(base64.b64decode(line))), flush=True)
