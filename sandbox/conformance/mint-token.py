"""Makes a bearer token for SageMaker's OpenAI path as AWS's own generator does, with botocore's signer.

Run: python3 sandbox/conformance/mint-token.py access-key secret region seconds
"""

import base64
import json
import sys

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HOST = "sagemaker.amazonaws.com"


def main(key, secret, region, seconds):
    request = AWSRequest("POST", f"https://{HOST}/", headers={"host": HOST}, params={"Action": "CallWithBearerToken"})
    SigV4QueryAuth(Credentials(key, secret), "sagemaker", region, expires=int(seconds)).add_auth(request)
    presigned = request.url.removeprefix("https://") + "&Version=1"
    print(json.dumps("sagemaker-api-key-" + base64.b64encode(presigned.encode()).decode()))


if __name__ == "__main__":
    main(*sys.argv[1:])
