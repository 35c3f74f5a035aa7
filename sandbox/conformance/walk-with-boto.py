"""Takes the walk through an endpoint's life with boto3 and prints every answer.

Run: python3 sandbox/conformance/walk-with-boto.py http://127.0.0.1:4580
"""

import datetime
import json
import pathlib
import sys

from clients import Caller

STEPS = json.loads((pathlib.Path(__file__).parent / "walkthrough.json").read_text())


def readable(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def main(url):
    caller, answers = Caller(url), []
    for step in STEPS:
        answer, error = caller.call(step["service"], step["call"], step["input"])
        if error is not None:
            answers.append({"code": error["Error"]["Code"], "message": error["Error"]["Message"]})
            continue
        answer.pop("ResponseMetadata")
        if step["service"] == "sagemaker-runtime":
            answer["Body"] = b"".join(event["PayloadPart"]["Bytes"] for event in answer["Body"]).decode()
        answers.append(answer)
    print(json.dumps(answers, default=readable))


if __name__ == "__main__":
    main(sys.argv[1])
