"""Pages through the lists of a running sandbox with boto3's paginators and prints what was lost or doubled.

Run: python3 sandbox/conformance/check-pages.py http://127.0.0.1:4580
"""

import json
import sys
import urllib.request

from clients import connect

IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"
ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role"
COUNTS = (0, 1, 10, 11, 250)
SIZES = (1, 7, 100)
LISTS = {
    "list_models": ("Models", "ModelName"),
    "list_endpoint_configs": ("EndpointConfigs", "EndpointConfigName"),
    "list_endpoints": ("Endpoints", "EndpointName"),
    "list_inference_components": ("InferenceComponents", "InferenceComponentName"),
}


class Account:
    """One region, which is an account of its own to the sandbox."""

    def __init__(self, url, region):
        self.client = connect(url, "sagemaker", region=region)
        self.made = 0
        # More endpoints than an account may have machines for.
        wish = {"name": "ml.g5.12xlarge for endpoint usage", "value": 1000, "region": region}
        urllib.request.urlopen(f"{url}/_sandbox/quotas", data=json.dumps(wish).encode()).read()
        # Of a region's first use comes its demonstration; these tests count only what is theirs.
        self.client.create_model(ModelName="host", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": IMAGE})
        bare = {"VariantName": "v1", "InstanceType": "ml.g5.12xlarge", "InitialInstanceCount": 1}
        self.client.create_endpoint_config(EndpointConfigName="host", ProductionVariants=[bare], ExecutionRoleArn=ROLE)
        self.client.create_endpoint(EndpointName="host", EndpointConfigName="host")

    def make(self, kind):
        name = f"item-{self.made}"
        self.made += 1
        if kind == "list_models":
            self.client.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer={"Image": IMAGE})
        elif kind == "list_endpoint_configs":
            variant = {"VariantName": "v1", "ModelName": "host", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}
            self.client.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
        elif kind == "list_endpoints":
            self.client.create_endpoint(EndpointName=name, EndpointConfigName="host")
        else:
            need = {"MinMemoryRequiredInMb": 128, "NumberOfAcceleratorDevicesRequired": 1}
            self.client.create_inference_component(
                InferenceComponentName=name,
                EndpointName="host",
                VariantName="v1",
                RuntimeConfig={"CopyCount": 1},
                Specification={"ModelName": "host", "ComputeResourceRequirements": need},
            )
        return name

    def pages(self, kind, size, **more):
        member, key = LISTS[kind]
        settings = {"PageSize": size}
        for page in self.client.get_paginator(kind).paginate(NameContains="item-", PaginationConfig=settings, **more):
            yield [entry[key] for entry in page[member]]


def check(account, kind, count, wrong):
    """Pages of one size never double or lose what was there; returns how many pages were read."""
    expected = [f"item-{index}" for index in range(count)]
    read = 0
    for size in SIZES:
        if size == 1 and count > 11 and kind != "list_endpoints":
            continue  # A thousand calls more would prove the same thing of the same code.
        pages = list(account.pages(kind, size))
        read += len(pages)
        names = [name for page in pages for name in page]
        if sorted(names) != sorted(expected) or any(len(page) > size for page in pages):
            wrong.append(f"{kind} of {count} in pages of {size}: {len(names)} names, {len(set(names))} different")
    return read


def check_while_growing(account, kind, wrong, more):
    before = {f"item-{index}" for index in range(account.made)}
    names = []
    for page in account.pages(kind, 7, **more):
        names.extend(page)
        account.make(kind)
    if len(names) != len(set(names)) or not before <= set(names):
        wrong.append(f"{kind} while it grows {more}: {len(names)} names, {len(before - set(names))} lost")


def main(url):
    wrong, read = [], 0
    for kind, region in zip(LISTS, ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")):
        account = Account(url, region)
        for count in COUNTS:
            while account.made < count:
                account.make(kind)
            read += check(account, kind, count, wrong)
        for more in ({}, {"SortBy": "Name", "SortOrder": "Ascending"}):
            check_while_growing(account, kind, wrong, more)
    print(json.dumps({"wrong": wrong, "pages": read}))


if __name__ == "__main__":
    main(sys.argv[1])
