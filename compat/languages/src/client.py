"""Calls all three services of the sandbox with Python's own library. Its argument is where the sandbox listens."""

import base64
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

SANDBOX = sys.argv[1].rstrip("/")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def send(method, path, token=None, body=None, content_type="application/json"):
    """The status, the headers and the parsed body of a response."""
    data = body.encode() if isinstance(body, str) else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{SANDBOX}/{path}", data=data, method=method)
    if data is not None:
        request.add_header("content-type", content_type)
    if token:
        request.add_header("authorization", token)
    try:
        with urllib.request.build_opener(NoRedirect).open(request) as response:
            status, headers, text = response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        status, headers, text = error.code, error.headers, error.read().decode()
    try:
        return status, headers, json.loads(text) if text else None
    except ValueError:
        return status, headers, text


def token_of(host):
    _, _, answer = send("POST", "_sandbox/tokens", body={"host": host})
    return answer["authorization"]


def ticktick():
    token = token_of("api.ticktick.com")
    _, _, task = send("POST", "api.ticktick.com/open/v1/task", token, {"title": "Call Ada"})
    _, _, found = send("GET", f"api.ticktick.com/open/v1/project/{task['projectId']}/task/{task['id']}", token)
    assert found["title"] == "Call Ada", found


def ticktick_without_token():
    status, _, _ = send("GET", "api.ticktick.com/open/v1/project")
    assert status == 401, status


def calendar():
    token = token_of("www.googleapis.com")
    events = "www.googleapis.com/calendar/v3/calendars/primary/events"
    moment = {"dateTime": "2027-03-01T09:00:00Z"}
    _, _, event = send("POST", events, token, {"summary": "Plan", "start": moment, "end": moment})
    _, _, page = send("GET", events + "?q=Plan", token)
    assert [one["id"] for one in page["items"]] == [event["id"]], page


def gmail():
    token = token_of("gmail.googleapis.com")
    raw = "To: ada@example.com\r\nSubject: Hello\r\n\r\ntext\r\n"
    body = {"raw": base64.urlsafe_b64encode(raw.encode()).decode()}
    status, _, sent = send("POST", "gmail.googleapis.com/gmail/v1/users/me/messages/send", token, body)
    assert status == 200 and "SENT" in sent["labelIds"], sent


def azure_devops():
    token = token_of("dev.azure.com")
    _, _, projects = send("GET", "dev.azure.com/fabrikam/_apis/projects?api-version=7.1", token)
    project = urllib.parse.quote(projects["value"][0]["name"])
    patch = [{"op": "add", "path": "/fields/System.Title", "value": "Call Ada"}]
    place = f"dev.azure.com/fabrikam/{project}/_apis/wit/workitems/$Task?api-version=7.1"
    _, _, item = send("POST", place, token, patch, "application/json-patch+json")
    query = {"query": "SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'Call Ada'"}
    _, _, found = send("POST", "dev.azure.com/fabrikam/_apis/wit/wiql?api-version=7.1", token, query)
    assert [one["id"] for one in found["workItems"]] == [item["id"]], found
    assert item["url"].startswith(SANDBOX), item["url"]


def google_discovery():
    _, _, found = send("GET", "accounts.google.com/.well-known/openid-configuration")
    assert found["issuer"] == "https://accounts.google.com", found
    assert found["token_endpoint"].startswith(SANDBOX), found


def unknown_path():
    status, _, answer = send("GET", "www.googleapis.com/drive/v3/files", token_of("www.googleapis.com"))
    assert status == 404, answer


FAILED = 0
for call in (ticktick, ticktick_without_token, calendar, gmail, azure_devops, google_discovery, unknown_path):
    try:
        call()
        print(f"ok {call.__name__}")
    except Exception as error:
        FAILED = 1
        print(f"FAILED {call.__name__}: {type(error).__name__} {str(error)[:200]}")
sys.exit(FAILED)
