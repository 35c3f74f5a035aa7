"""Reads recorded event streams with botocore's own decoder, cut anywhere, and through boto3's client.

Run: python3 sandbox/conformance/check-streams.py http://127.0.0.1:4580 name=hex ...
"""

import json
import random
import sys

from botocore.eventstream import EventStreamBuffer
from clients import connect

ROUNDS = 100


def decode(data, seed):
    """The messages of a buffer that is filled piece by piece, and the name of the error that ended it."""
    chance, buffer, messages, start = random.Random(seed), EventStreamBuffer(), [], 0
    try:
        while start < len(data):
            end = start + 1 + chance.randrange(60)
            buffer.add_data(data[start:end])
            start = end
            for message in buffer:
                messages.append([message.headers, message.payload.hex()])
    except Exception as error:
        return messages, type(error).__name__
    return messages, None


def ask(client, name):
    parts = []
    try:
        answer = client.invoke_endpoint_with_response_stream(EndpointName=f"{name}-1", Body=b"{}")
        for event in answer["Body"]:
            parts.append(event["PayloadPart"]["Bytes"] if "PayloadPart" in event else b"<other>")
    except Exception as error:
        return [b"".join(parts).decode(), type(error).__name__, str(error)]
    return [b"".join(parts).decode(), None, ""]


def main(url, *recordings):
    client = connect(url, "sagemaker-runtime")
    found = {}
    for name, data in (recording.split("=") for recording in recordings):
        rounds = [decode(bytes.fromhex(data), seed) for seed in range(ROUNDS)]
        same = all(one == rounds[0] for one in rounds)
        found[name] = {"same": same, "messages": rounds[0][0], "error": rounds[0][1], "client": ask(client, name)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], *sys.argv[2:])
