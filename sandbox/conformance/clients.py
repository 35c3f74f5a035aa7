"""Clients of a sandbox as strangers have them, the operations whose rules it has, and calls that never raise."""

import base64
import functools
import json
import pathlib
import re
import urllib.request

import boto3
import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

# One for all: each session reads AWS's descriptions for itself, and they are megabytes of JSON.
SESSION = botocore.session.get_session()
boto3.setup_default_session(botocore_session=SESSION)
SHAPES = pathlib.Path(__file__).parent.parent / "shapes"


def connect(url, service, secret="sandbox", region="us-east-1"):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id="sandbox",
        aws_secret_access_key=secret,
        # The sandbox judges the input, not the client.
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False, inject_host_prefix=False),
    )


def steer(url, path, body):
    """A call of the sandbox's control path."""
    request = urllib.request.Request(f"{url}/_sandbox/{path}", json.dumps(body).encode(), method="POST")
    return json.load(urllib.request.urlopen(request))


def listed_operations():
    """Pairs of service and operation that the sandbox has input rules for."""
    for path in sorted(SHAPES.glob("*.json")):
        document = json.loads(path.read_text())
        # The runtime's input is headers, and its answers are the containers'.
        if "operations" in document and "headers" not in document:
            yield from ((path.stem, operation) for operation in document["operations"])


@functools.cache
def model_of(service):
    return SESSION.get_service_model(service)


class Caller:
    """Calls operations by their AWS name and keeps every client."""

    def __init__(self, url, secret="sandbox"):
        self.url, self.secret, self.clients = url, secret, {}

    def client(self, service):
        if service not in self.clients:
            self.clients[service] = connect(self.url, service, self.secret)
        return self.clients[service]

    def call(self, service, operation, values):
        """Answer and error of one call; one of the two is None."""
        try:
            return getattr(self.client(service), xform_name(operation))(**values), None
        except ClientError as error:
            return None, error.response


def fill(value, answers):
    """The value with bytes for each `{"base64": …}`, and with each text `{Call.Member.0}` replaced by what the last answer of that call had there."""
    if isinstance(value, dict) and list(value) == ["base64"]:
        return base64.b64decode(value["base64"])
    if isinstance(value, dict):
        return {name: fill(entry, answers) for name, entry in value.items()}
    if isinstance(value, list):
        return [fill(entry, answers) for entry in value]
    if isinstance(value, str) and re.fullmatch(r"\{[A-Z]\w+(\.\w+)+\}", value):
        found = answers
        for part in value[1:-1].split("."):
            # A call that was refused has no answer; its refusal is reported, not this.
            found = found and found[int(part) if part.isdigit() else part]
        return found
    return value
