"""Runs `aws` commands one after the other, each as its own program would, without starting Python for each.

Run: python3 sandbox/conformance/run-aws.py '[["sagemaker", "list-models"], ...]'
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


def run(words):
    """What the command prints and, where it fails, what it says about it."""
    printed, said = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
        # One for each: it remembers the options of the command before.
        code = create_clidriver().main(words)
    for stream in (printed, said):
        stream.flush()
        stream.seek(0)
    return {"code": code, "printed": printed.read(), "said": said.read()}


def main(commands):
    print(json.dumps([run(words) for words in json.loads(commands)]))


if __name__ == "__main__":
    main(sys.argv[1])
