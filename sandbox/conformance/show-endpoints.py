"""Prints the endpoints that boto3 finds where the environment or the configuration file sends it.

Run: AWS_ENDPOINT_URL=http://127.0.0.1:4580 python3 sandbox/conformance/show-endpoints.py
"""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

CONFIG = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5)


def asked(call):
    try:
        return call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    except BotoCoreError as error:
        return type(error).__name__


def main():
    control = boto3.client("sagemaker", config=CONFIG)
    runtime = boto3.client("sagemaker-runtime", config=CONFIG)
    names = asked(lambda: [entry["EndpointName"] for entry in control.list_endpoints()["Endpoints"]])
    invoked = asked(lambda: runtime.invoke_endpoint(EndpointName="nobody", Body=b"{}"))
    print(json.dumps({"control": names, "runtime": invoked}))


if __name__ == "__main__":
    main()
