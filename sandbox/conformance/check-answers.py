"""Fills an account in a running sandbox and holds every answer against AWS's service model.

Run: python3 sandbox/conformance/check-answers.py http://127.0.0.1:4580
"""

import json
import pathlib
import sys

from clients import Caller, fill, listed_operations, model_of, steer
from oracle import findings

STEPS = json.loads((pathlib.Path(__file__).parent / "rich-account.json").read_text())


def main(url):
    caller = Caller(url)
    strange, checked, refused, nameless, answers = set(), set(), [], set(), {}

    def check(http_response, model, **_):
        service = model.service_model.service_name
        if "x-amzn-requestid" not in {name.lower() for name in http_response.headers}:
            nameless.add(model.name)
        if http_response.status_code != 200:
            return
        checked.add((service, model.name))
        # XML has no shape of its own to compare; what boto3 made of it is compared by the caller.
        if model.service_model.resolved_protocol == "json" and model.output_shape is not None and not model.has_event_stream_output:
            raw = json.loads(http_response.content or b"{}")
            strange.update(findings(model.output_shape, raw, model.name))

    for service in {service for service, _ in listed_operations()}:
        caller.client(service).meta.events.register("after-call", check)
    unknown = {
        (service, operation)
        for service, operation in listed_operations()
        # Nothing to create without a name: only the operation itself is asked for.
        for error in [caller.call(service, operation, {})[1]]
        if error is not None and error["Error"]["Code"] in ("UnknownOperationException", "InvalidAction")
    }
    checked.clear()
    for step in STEPS:
        if "steer" in step:
            steer(url, step["steer"], step["body"])
            continue
        if (step["service"], step["call"]) in unknown:
            continue
        answers[step["call"]], error = caller.call(step["service"], step["call"], fill(step["input"], answers))
        if error is not None:
            refused.append(f"{step['call']}: {error['Error']['Message']}")
    unseen = set(listed_operations()) - unknown - checked
    known_shapes = {f"{service}.{name}" for service, name in checked if name in model_of(service).operation_names}
    print(
        json.dumps(
            {
                "strange": sorted(strange),
                "refused": refused,
                "nameless": sorted(nameless),
                "unseen": sorted(map(".".join, unseen)),
                "notImplemented": sorted(map(".".join, unknown)),
                "checked": sorted(known_shapes),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
