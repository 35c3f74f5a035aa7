"""Provokes refusals in a running sandbox and prints what boto3 made of each.

Run: python3 sandbox/conformance/check-refusals.py http://127.0.0.1:4580
"""

import json
import pathlib
import sys

from clients import Caller, steer

STEPS = json.loads((pathlib.Path(__file__).parent / "refusals.json").read_text())


def main(url):
    callers = {"sandbox": Caller(url)}
    seen = []
    for step in STEPS:
        if "steer" in step:
            steer(url, step["steer"], step["body"])
            seen.append(None)
            continue
        secret = step.get("secret", "sandbox")
        caller = callers.setdefault(secret, Caller(url, secret))
        answer, error = caller.call(step["service"], step["call"], step["input"])
        seen.append(
            {"reason": answer.get("FailureReason")}
            if error is None
            else {
                "code": error["Error"]["Code"],
                "message": error["Error"]["Message"],
                "status": error["ResponseMetadata"]["HTTPStatusCode"],
                "requestId": error["ResponseMetadata"].get("RequestId"),
            }
        )
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1])
