"""Drives a running sandbox with boto3, as strangers would, and prints what came back as one JSON object.

Run: python3 sandbox/other-clients.py http://127.0.0.1:4580
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL = sys.argv[1]
IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"


def connect(service):
    return boto3.client(
        service,
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
        config=Config(retries={"total_max_attempts": 1}, parameter_validation=False),
    )


def unknown_members(shape, value, path):
    """Members of an answer that the service model does not have, which the parser itself would drop."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, entry in value.items():
            if name not in shape.members:
                yield f"{path}.{name}"
            else:
                yield from unknown_members(shape.members[name], entry, f"{path}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for entry in value:
            yield from unknown_members(shape.member, entry, path)


def missing_members(shape, value, path):
    if shape.type_name == "structure" and isinstance(value, dict):
        yield from (f"{path}.{name}" for name in shape.required_members if name not in value)
        for name, entry in value.items():
            if name in shape.members:
                yield from missing_members(shape.members[name], entry, f"{path}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for entry in value:
            yield from missing_members(shape.member, entry, path)


def main():
    sagemaker, runtime = connect("sagemaker"), connect("sagemaker-runtime")
    strays, checked = [], set()

    def check(http_response, parsed, model, **_):
        if http_response.status_code != 200 or model.output_shape is None or not http_response.content:
            return
        raw = json.loads(http_response.content)
        checked.add(model.name)
        strays.extend(unknown_members(model.output_shape, raw, model.name))
        strays.extend(missing_members(model.output_shape, raw, model.name))

    sagemaker.meta.events.register("after-call.sagemaker", check)
    name = "boto-1"
    role = "arn:aws:iam::000000000000:role/sandbox-execution-role"
    variant = {"VariantName": "v1", "ModelName": name, "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}
    container = {"Image": IMAGE, "Environment": {"HF_MODEL_ID": "x"}}
    model = sagemaker.create_model(ModelName=name, ExecutionRoleArn=role, PrimaryContainer=container)
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=name, WaiterConfig={"Delay": 1})
    sagemaker.add_tags(ResourceArn=model["ModelArn"], Tags=[{"Key": "a", "Value": "b"}])
    for call in ("describe_model", "describe_endpoint_config", "describe_endpoint"):
        getattr(sagemaker, call)(**{{"model": "ModelName", "endpoint_config": "EndpointConfigName", "endpoint": "EndpointName"}[call[9:]]: name})
    pages = sagemaker.get_paginator("list_endpoints").paginate(PaginationConfig={"PageSize": 1})
    endpoints = [entry["EndpointName"] for page in pages for entry in page["Endpoints"]]
    for call in ("list_models", "list_endpoint_configs"):
        getattr(sagemaker, call)()
    tags = sagemaker.list_tags(ResourceArn=model["ModelArn"])["Tags"]
    sagemaker.delete_tags(ResourceArn=model["ModelArn"], TagKeys=["a"])

    body = json.dumps({"inputs": "hi", "stream": True})
    streamed = runtime.invoke_endpoint_with_response_stream(EndpointName="sagescope-demo", Body=body)
    text = b"".join(event["PayloadPart"]["Bytes"] for event in streamed["Body"]).decode()

    errors = {}
    for label, operation in {
        "validation": lambda: sagemaker.create_endpoint(EndpointName="a_b", EndpointConfigName="c"),
        "missing": lambda: sagemaker.describe_endpoint(EndpointName="nope"),
        "unknown": lambda: sagemaker.list_training_jobs(),
        "invoke": lambda: runtime.invoke_endpoint(EndpointName="nope", Body=b"{}"),
    }.items():
        try:
            operation()
        except ClientError as error:
            errors[label] = [error.response["Error"]["Code"], error.response["Error"]["Message"]]

    sagemaker.delete_endpoint(EndpointName=name)
    sagemaker.get_waiter("endpoint_deleted").wait(EndpointName=name, WaiterConfig={"Delay": 1})
    sagemaker.delete_endpoint_config(EndpointConfigName=name)
    sagemaker.delete_model(ModelName=name)
    identity = connect("sts").get_caller_identity()["Account"]
    found = {"endpoints": endpoints, "tags": tags, "text": text, "errors": errors, "account": identity}
    print(json.dumps({**found, "strays": sorted(set(strays)), "checked": sorted(checked)}))


if __name__ == "__main__":
    main()
