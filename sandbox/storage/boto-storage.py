"""Uses a running sandbox's S3 with boto3, as strangers would, and prints what came back as one JSON object.

Run: python3 sandbox/storage/boto-storage.py http://127.0.0.1:4580
"""

import io
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL = sys.argv[1]


def connect(**settings):
    return boto3.client(
        "s3",
        endpoint_url=URL,
        region_name="us-east-1",
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, **settings),
    )


def status(request):
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def main():
    s3 = connect(signature_version="s3v4")
    s3.create_bucket(Bucket="boto")
    bytes_ = os.urandom(12 * 1024 * 1024)
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes_)
        file.flush()
        s3.upload_file(file.name, "boto", "large/model.tar.gz")
    back = io.BytesIO()
    s3.download_fileobj("boto", "large/model.tar.gz", back)
    s3.put_object(Bucket="boto", Key="streamed", Body=io.BytesIO(b"abc" * 1000))
    address = s3.generate_presigned_url("put_object", Params={"Bucket": "boto", "Key": "a b/é"}, ExpiresIn=60)
    written = status(urllib.request.Request(address, data=b"presigned", method="PUT"))
    read = s3.generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": "a b/é"}, ExpiresIn=60)
    spoiled = read.replace("X-Amz-Signature=", "X-Amz-Signature=0")
    old = connect(signature_version="s3").generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": "k"})
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="boto", PaginationConfig={"PageSize": 1})
    errors = {}
    for name, call in {
        "acl": lambda: s3.get_bucket_acl(Bucket="boto"),
        "missing": lambda: s3.get_object(Bucket="boto", Key="nothing"),
    }.items():
        try:
            call()
        except ClientError as error:
            errors[name] = error.response["Error"]["Code"]
    print(
        json.dumps(
            {
                "same": back.getvalue() == bytes_,
                "etag": s3.head_object(Bucket="boto", Key="large/model.tar.gz")["ETag"][-3:],
                "streamed": s3.get_object(Bucket="boto", Key="streamed")["ContentLength"],
                "written": written[0],
                "read": status(read),
                "spoiled": status(spoiled)[0],
                "old": "InvalidRequest" in status(old)[1],
                "keys": [entry["Key"] for page in pages for entry in page["Contents"]],
                "errors": errors,
            }
        )
    )


main()
