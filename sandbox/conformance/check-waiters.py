"""Waits for endpoints of a running sandbox with boto3's own waiters and prints how long and what came of it.

Run: python3 sandbox/conformance/check-waiters.py http://127.0.0.1:4580
"""

import json
import sys
import time

from botocore.exceptions import WaiterError
from clients import connect


def main(url):
    client = connect(url, "sagemaker")
    found = {}

    def wait(waiter, name):
        started = time.monotonic()
        try:
            # The delay between two looks is shortened; what counts as success or failure is AWS's.
            client.get_waiter(waiter).wait(EndpointName=name, WaiterConfig={"Delay": 0.2, "MaxAttempts": 100})
            outcome = "ok"
        except WaiterError as error:
            outcome = str(error)
        found[f"{waiter} {name}"] = [outcome, time.monotonic() - started]

    for name in ("good", "bad"):
        client.create_endpoint(EndpointName=name, EndpointConfigName=name)
        wait("endpoint_in_service", name)
    client.delete_endpoint(EndpointName="good")
    wait("endpoint_deleted", "good")
    wait("endpoint_deleted", "bad")
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
