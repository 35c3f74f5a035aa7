"""Takes one script to a running sandbox and to a running moto, and prints where their answers differ.

Run: python3 sandbox/conformance/walk-with-moto.py http://127.0.0.1:4580 http://127.0.0.1:5000
"""

import datetime
import json
import re
import sys

import botocore.parsers
from clients import Caller

IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"
ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role"
ARN = "arn:aws:sagemaker:us-east-1:{account}:endpoint/{name}"


def variant(**more):
    return {"VariantName": "v1", "ModelName": "m-1", "InstanceType": "ml.g4dn.xlarge", "InitialInstanceCount": 1, **more}


def script(account):
    """Names of steps, operations and inputs; what is shown twice is asked twice."""
    model = {"ModelName": "m-1", "ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": IMAGE, "Environment": {"A": "b"}}}
    config = {"EndpointConfigName": "c-1", "ProductionVariants": [variant()]}
    endpoint = {"EndpointName": "twin-1", "EndpointConfigName": "c-1", "Tags": [{"Key": "a", "Value": "b"}]}
    arn = ARN.format(account=account, name="twin-1")
    yield "create a model", "CreateModel", model
    yield "create a model again", "CreateModel", model
    yield "describe a model", "DescribeModel", {"ModelName": "m-1"}
    yield "describe a missing model", "DescribeModel", {"ModelName": "gone"}
    yield "create a configuration", "CreateEndpointConfig", config
    yield "create a configuration of a new machine", "CreateEndpointConfig", {
        "EndpointConfigName": "c-2",
        "ProductionVariants": [variant(InstanceType="ml.g5.xlarge")],
    }
    yield "describe a configuration", "DescribeEndpointConfig", {"EndpointConfigName": "c-1"}
    yield "describe a missing configuration", "DescribeEndpointConfig", {"EndpointConfigName": "gone"}
    yield "create an endpoint", "CreateEndpoint", endpoint
    yield "create an endpoint again", "CreateEndpoint", endpoint
    yield "create an endpoint of a bad name", "CreateEndpoint", {**endpoint, "EndpointName": "bad_name"}
    yield "create an endpoint without its configuration", "CreateEndpoint", {**endpoint, "EndpointName": "twin-2", "EndpointConfigName": "gone"}
    yield "create a second endpoint", "CreateEndpoint", {"EndpointName": "twin-3", "EndpointConfigName": "c-1"}
    yield "describe an endpoint", "DescribeEndpoint", {"EndpointName": "twin-1"}
    yield "describe a missing endpoint", "DescribeEndpoint", {"EndpointName": "gone"}
    yield "list endpoints", "ListEndpoints", {"NameContains": "twin-"}
    yield "list endpoints in ascending order", "ListEndpoints", {"NameContains": "twin-", "SortBy": "Name", "SortOrder": "Ascending"}
    yield "list models, one to the page", "ListModels", {"NameContains": "m-", "MaxResults": 1}
    yield "list tags", "ListTags", {"ResourceArn": arn}
    yield "add a tag", "AddTags", {"ResourceArn": arn, "Tags": [{"Key": "c", "Value": "d"}]}
    yield "delete a tag", "DeleteTags", {"ResourceArn": arn, "TagKeys": ["a"]}
    yield "list the tags left", "ListTags", {"ResourceArn": arn}
    yield "change weights", "UpdateEndpointWeightsAndCapacities", {
        "EndpointName": "twin-1",
        "DesiredWeightsAndCapacities": [{"VariantName": "v1", "DesiredWeight": 2, "DesiredInstanceCount": 2}],
    }
    yield "update an endpoint", "UpdateEndpoint", {"EndpointName": "twin-1", "EndpointConfigName": "c-1"}
    yield "delete a configuration in use", "DeleteEndpointConfig", {"EndpointConfigName": "c-1"}
    yield "delete an endpoint", "DeleteEndpoint", {"EndpointName": "twin-1"}
    yield "delete an endpoint again", "DeleteEndpoint", {"EndpointName": "twin-1"}
    yield "delete a model", "DeleteModel", {"ModelName": "m-1"}
    yield "delete a model again", "DeleteModel", {"ModelName": "m-1"}


def answers(url, account):
    caller = Caller(url)
    for _, operation, values in script(account):
        try:
            answer, error = caller.call("sagemaker", operation, values)
        except (botocore.parsers.ResponseParserError, json.JSONDecodeError):
            yield {"refused": "not AWS's form"}
            continue
        if error is not None:
            yield {"refused": error["Error"]["Code"], "because": error["Error"]["Message"]}
            continue
        answer.pop("ResponseMetadata")
        yield answer


def plain(value):
    text = json.dumps(value, default=lambda one: "<time>" if isinstance(one, datetime.datetime) else str(one), sort_keys=True)
    return json.loads(re.sub("000000000000|123456789012", "<account>", text))


def differences(ours, theirs, path=""):
    """Places where two answers differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in sorted({*ours, *theirs}):
            yield from differences(ours.get(name), theirs.get(name), f"{path}.{name}" if path else name)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, two) in enumerate(zip(ours, theirs)):
            yield from differences(one, two, f"{path}[{index}]")
    elif ours != theirs:
        yield path


def main(sandbox, moto):
    steps = [name for name, _, _ in script("")]
    ours = [plain(one) for one in answers(sandbox, "000000000000")]
    theirs = [plain(one) for one in answers(moto, "123456789012")]
    found = {name: list(differences(one, two)) for name, one, two in zip(steps, ours, theirs)}
    print(json.dumps({"steps": len(steps), "differences": [f"{name}: {place}" for name, places in found.items() for place in places]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
