"""Writes shapes.json: the input rules of the operations the sandbox answers, from AWS's own service model.

Run: python3 sandbox/control/make-shapes.py  (needs botocore; its model is Apache-2.0). Responses are not included.
"""

import json
import pathlib

import botocore
import botocore.session

OPERATIONS = """CreateModel DescribeModel ListModels DeleteModel
CreateEndpointConfig DescribeEndpointConfig ListEndpointConfigs DeleteEndpointConfig
CreateEndpoint DescribeEndpoint ListEndpoints DeleteEndpoint
AddTags ListTags DeleteTags""".split()

# Kept in a file of its own, because the SDK the dashboard uses is its source.
INSTANCE_TYPES = "ProductionVariantInstanceType"


def describe(shape):
    entry = {"type": shape.type_name}
    # A length of at least zero can never be broken; a number of at least zero can.
    number = shape.type_name in ("integer", "long", "float", "double")
    for key in ("min", "max", "pattern", "enum"):
        value = shape.metadata.get(key)
        if value not in (None, []) and (value != 0 or number):
            entry[key] = value
    if shape.name == INSTANCE_TYPES:
        entry.pop("enum")
    if shape.type_name == "structure":
        entry["members"] = {name: member.name for name, member in shape.members.items()}
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


def main():
    service = botocore.session.get_session().get_service_model("sagemaker")
    shapes = {}
    operations = {}
    for name in OPERATIONS:
        shape = service.operation_model(name).input_shape
        operations[name] = shape.name
        collect(shape, shapes)
    document = {"source": f"botocore {botocore.__version__}", "operations": operations, "shapes": shapes}
    target = pathlib.Path(__file__).with_name("shapes.json")
    target.write_text(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
