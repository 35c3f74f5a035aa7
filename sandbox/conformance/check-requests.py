"""Sends requests made from AWS's input shapes to a running sandbox and judges what it says to them.

Run: python3 sandbox/conformance/check-requests.py http://127.0.0.1:4580 seed [operation ...]
"""

import json
import sys

from clients import Caller, listed_operations, model_of
from generator import Generator, put, violations

# CloudWatch keeps the names of errors that it had in the Query protocol; Logs has one name for all bad input.
BREACHES = {"cloudwatch": "ValidationError", "logs": "InvalidParameterException", "ecr": "InvalidParameterException"}


def main(url, seed, *only):
    caller, generator = Caller(url), Generator(seed)
    wrong, sent = [], {"small": 0, "full": 0, "violating": 0, "double": 0}

    def expect(kind, operation, values, wanted):
        sent[kind] += 1
        _, error = caller.call(*operation, values)
        code = error and error["Error"]["Code"]
        message = error["Error"]["Message"] if error else ""
        status = error["ResponseMetadata"]["HTTPStatusCode"] if error else 200
        detected = " detected: " in message
        if wanted == [] and (detected or status >= 500 or code == "SerializationException"):
            wrong.append(f"{operation[1]} {kind}: {code} {message[:300]}")
        noun = "error" if len(wanted) == 1 else "errors"
        start = f"{len(wanted)} validation {noun} detected: "
        named = BREACHES.get(operation[0], "ValidationException")
        if wanted and not (code == named and message.startswith(start) and all(one in message for one in wanted)):
            wrong.append(f"{operation[1]} {kind}: wanted {wanted}, got {code} {message[:300]}")

    for operation in listed_operations():
        if only and operation[1] not in only:
            continue
        service = model_of(operation[0])
        shape = service.operation_model(operation[1]).input_shape
        # Streams and XML have their own rules; what nobody answers has none.
        if shape is None or service.resolved_protocol != "json" or is_unknown(caller, operation):
            continue
        full = generator.full(shape)
        expect("small", operation, generator.small(shape), [])
        expect("full", operation, full, [])
        found = list(violations(generator, shape))
        for keys, value, sentences in found:
            values = put(full, keys, value)
            if values is not None:
                expect("violating", operation, values, sentences)
        top = [case for case in found if len(case[0]) == 1]
        pair = next(((one, two) for one in top for two in top if one[0] != two[0]), None)
        if pair is not None:
            values = put(put(full, *pair[0][:2]), *pair[1][:2])
            expect("double", operation, values, [*pair[0][2], *pair[1][2]])
    print(json.dumps({"wrong": wrong, "sent": sent}))


def is_unknown(caller, operation):
    error = caller.call(*operation, {})[1]
    return error is not None and error["Error"]["Code"] == "UnknownOperationException"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
