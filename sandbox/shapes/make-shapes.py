"""Writes one JSON file a service: the input rules of the operations the sandbox answers, from AWS's own models.

Run: python3 sandbox/shapes/make-shapes.py  (needs botocore; its models are Apache-2.0). Responses are not included.
"""

import json
import pathlib

import botocore
import botocore.session

OPERATIONS = {
    "sagemaker": """
        CreateModel DescribeModel ListModels DeleteModel
        CreateEndpointConfig DescribeEndpointConfig ListEndpointConfigs DeleteEndpointConfig
        CreateEndpoint DescribeEndpoint ListEndpoints DeleteEndpoint UpdateEndpoint UpdateEndpointWeightsAndCapacities
        CreateInferenceComponent DescribeInferenceComponent ListInferenceComponents UpdateInferenceComponent
        UpdateInferenceComponentRuntimeConfig DeleteInferenceComponent
        AddTags ListTags DeleteTags Search
        CreateAIWorkloadConfig DescribeAIWorkloadConfig ListAIWorkloadConfigs DeleteAIWorkloadConfig
        CreateAIBenchmarkJob DescribeAIBenchmarkJob ListAIBenchmarkJobs StopAIBenchmarkJob DeleteAIBenchmarkJob
        CreateAIRecommendationJob DescribeAIRecommendationJob ListAIRecommendationJobs StopAIRecommendationJob
        DeleteAIRecommendationJob""",
    "application-autoscaling": """
        RegisterScalableTarget DescribeScalableTargets DeregisterScalableTarget
        PutScalingPolicy DescribeScalingPolicies DeleteScalingPolicy
        PutScheduledAction DescribeScheduledActions DeleteScheduledAction
        DescribeScalingActivities TagResource UntagResource ListTagsForResource""",
    "cloudwatch": """
        GetMetricData GetMetricStatistics ListMetrics PutMetricData PutMetricAlarm DescribeAlarms DescribeAlarmsForMetric
        DescribeAlarmHistory DeleteAlarms SetAlarmState EnableAlarmActions DisableAlarmActions""",
    "logs": """
        DescribeLogGroups DescribeLogStreams GetLogEvents FilterLogEvents StartLiveTail""",
    "service-quotas": """
        ListServiceQuotas GetServiceQuota ListAWSDefaultServiceQuotas GetAWSDefaultServiceQuota
        RequestServiceQuotaIncrease ListRequestedServiceQuotaChangeHistory GetRequestedServiceQuotaChange
        ListRequestedServiceQuotaChangeHistoryByQuota ListServices""",
    "ecr": "BatchGetImage",
    "pricing": "GetProducts DescribeServices GetAttributeValues",
    "iam": """
        ListRoles GetRole SimulatePrincipalPolicy ListRolePolicies GetRolePolicy ListAttachedRolePolicies""",
    "sts": "GetCallerIdentity",
}

# Here the input is the headers; the body is the container's affair.
RUNTIME = "InvokeEndpoint InvokeEndpointWithResponseStream InvokeEndpointAsync"

# Kept in a file of its own, because the SDK the dashboard uses is its source.
INSTANCE_TYPES = ("ProductionVariantInstanceType",)


def describe(shape):
    entry = {"type": shape.type_name}
    # A length of at least zero can never be broken; a number of at least zero can.
    number = shape.type_name in ("integer", "long", "float", "double")
    for key in ("min", "max", "pattern", "enum"):
        value = shape.metadata.get(key)
        if value not in (None, []) and (value != 0 or number):
            entry[key] = value
    if shape.name in INSTANCE_TYPES:
        entry.pop("enum")
    if shape.type_name == "structure":
        entry["members"] = {name: shape.members[name].name for name in sorted(shape.members)}
        if shape.required_members:
            entry["required"] = list(shape.required_members)
    elif shape.type_name == "list":
        entry["member"] = shape.member.name
    elif shape.type_name == "map":
        entry["key"], entry["value"] = shape.key.name, shape.value.name
    return entry


def collect(shape, shapes):
    if shape.name in shapes:
        return
    shapes[shape.name] = describe(shape)
    for child in getattr(shape, "members", {}).values() if shape.type_name == "structure" else ():
        collect(child, shapes)
    if shape.type_name == "list":
        collect(shape.member, shapes)
    if shape.type_name == "map":
        collect(shape.key, shapes)
        collect(shape.value, shapes)


def write(service_name, operation_names):
    service = botocore.session.get_session().get_service_model(service_name)
    shapes = {}
    operations = {}
    for name in sorted(operation_names):
        shape = service.operation_model(name).input_shape
        if shape is None:
            shapes["Nothing"] = {"type": "structure", "members": {}}
            operations[name] = "Nothing"
            continue
        operations[name] = shape.name
        collect(shape, shapes)
    # A shape a line: short enough to keep, long enough to read a change.
    rows = [f"  {json.dumps(name)}: {json.dumps(shapes[name], ensure_ascii=False)}" for name in sorted(shapes)]
    text = (
        "{\n"
        f' "source": "botocore {botocore.__version__}",\n'
        f' "operations": {json.dumps(operations, indent=2)},\n'
        ' "shapes": {\n' + ",\n".join(rows) + "\n }\n}\n"
    )
    pathlib.Path(__file__).with_name(f"{service_name}.json").write_text(text)


def write_runtime():
    service = botocore.session.get_session().get_service_model("sagemaker-runtime")
    shapes, headers = {}, {}
    for name in RUNTIME.split():
        shape = service.operation_model(name).input_shape
        entry = describe(shape)
        entry["members"].pop("Body", None)
        # The newest model takes an asynchronous input in the body as well.
        entry["required"] = [member for member in entry["required"] if member not in ("Body", "InputLocation")]
        shapes[shape.name] = entry
        for member, member_shape in shape.members.items():
            if member != "Body":
                shapes[member_shape.name] = describe(member_shape)
        headers[name] = {
            shape.members[member].serialization["name"].lower(): member
            for member in shape.members
            if shape.members[member].serialization.get("location") == "header"
        }
    rows = [f"  {json.dumps(name)}: {json.dumps(shapes[name], ensure_ascii=False)}" for name in sorted(shapes)]
    inputs = {name: service.operation_model(name).input_shape.name for name in RUNTIME.split()}
    text = (
        "{\n"
        f' "source": "botocore {botocore.__version__}",\n'
        f' "operations": {json.dumps(inputs, indent=2)},\n'
        f' "headers": {json.dumps(headers, indent=2)},\n'
        ' "shapes": {\n' + ",\n".join(rows) + "\n }\n}\n"
    )
    pathlib.Path(__file__).with_name("sagemaker-runtime.json").write_text(text)


# What SageMaker's Search can look for here, and how many structures inside each other it looks into.
SEARCHED = ("Endpoint", "Model")
DEEPEST = 4


def properties(shape, path, depth):
    """Pairs of a property as Search names it and its type; lists of structures are looked into as structures are."""
    kind = shape.type_name
    if kind == "structure":
        for name, member in shape.members.items() if depth < DEEPEST else ():
            yield from properties(member, f"{path}.{name}" if path else name, depth + 1)
    elif kind == "list" and shape.member.type_name == "structure":
        yield path, "list"
        yield from properties(shape.member, path, depth)
    else:
        numbers = {"integer": "number", "long": "number", "float": "number", "double": "number"}
        yield path, numbers.get(kind, "string" if kind == "list" else kind)


def write_search():
    service = botocore.session.get_session().get_service_model("sagemaker")
    record = service.operation_model("Search").output_shape.members["Results"].member
    found = {}
    for name in SEARCHED:
        rows = {}
        for path, kind in properties(record.members[name], "", 0):
            rows.setdefault(kind, []).append(path)
        found[name] = rows
    rows = [
        f'  {json.dumps(name)}: {{\n'
        + ",\n".join(f"   {json.dumps(kind)}: {json.dumps(sorted(paths))}" for kind, paths in sorted(kinds.items()))
        + "\n  }"
        for name, kinds in found.items()
    ]
    text = f'{{\n "source": "botocore {botocore.__version__}",\n "properties": {{\n' + ",\n".join(rows) + "\n }\n}\n"
    pathlib.Path(__file__).with_name("search-properties.json").write_text(text)


def main():
    write_search()
    for service_name, names in OPERATIONS.items():
        write(service_name, names.split())
    write_runtime()


if __name__ == "__main__":
    main()
