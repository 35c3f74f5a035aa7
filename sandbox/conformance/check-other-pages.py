"""Reads every other list of a running sandbox with boto3's paginators, in pages of one, of a few and of many.

Run: python3 sandbox/conformance/check-other-pages.py http://127.0.0.1:4580
"""

import datetime
import json
import sys

from clients import Caller, steer

ITEMS = 9
SIZES = (1, 4, 50)
ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role"
NOW = datetime.datetime.now(datetime.timezone.utc)
HOUR = datetime.timedelta(hours=1)
SCALING = {"ServiceNamespace": "sagemaker", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount"}
GROUP = "/aws/sagemaker/Endpoints/page-0"
PERIOD = {"StartTime": NOW - 2 * HOUR, "EndTime": NOW + HOUR}
LATENCY = {"Metric": {"Namespace": "Custom/Test", "MetricName": "Load"}, "Period": 60, "Stat": "Sum"}
QUOTA = "ml.g5.xlarge for endpoint usage"

# Service, operation, input, and the fewest rows there must be; sizes where the service allows no others.
LISTS = [
    ("sagemaker", "list_ai_workload_configs", {}, ITEMS, None),
    ("sagemaker", "list_ai_benchmark_jobs", {}, ITEMS, None),
    ("sagemaker", "list_ai_recommendation_jobs", {}, ITEMS, None),
    ("sagemaker", "list_tags", {"ResourceArn": "arn:aws:sagemaker:us-east-1:000000000000:model/tagged"}, 50, (50,)),
    ("sagemaker", "search", {"Resource": "Endpoint"}, ITEMS, None),
    ("sagemaker", "search", {"Resource": "Endpoint", "SortBy": "EndpointName", "SortOrder": "Ascending"}, ITEMS, None),
    ("application-autoscaling", "describe_scalable_targets", {"ServiceNamespace": "sagemaker"}, ITEMS, None),
    ("application-autoscaling", "describe_scaling_policies", {"ServiceNamespace": "sagemaker"}, ITEMS, None),
    ("application-autoscaling", "describe_scheduled_actions", {"ServiceNamespace": "sagemaker"}, ITEMS, None),
    ("application-autoscaling", "describe_scaling_activities", {"ServiceNamespace": "sagemaker"}, ITEMS, None),
    ("cloudwatch", "describe_alarms", {}, ITEMS, None),
    ("cloudwatch", "describe_alarm_history", {}, ITEMS, None),
    # 500 on each page, whatever is asked for.
    ("cloudwatch", "list_metrics", {"Namespace": "Custom/Many"}, 600, (None,)),
    ("cloudwatch", "get_metric_data", {**PERIOD, "MetricDataQueries": [{"Id": "m", "MetricStat": LATENCY}]}, 1, (1, 100)),
    ("logs", "describe_log_groups", {}, ITEMS, None),
    ("logs", "describe_log_streams", {"logGroupName": GROUP}, 2, None),
    ("logs", "filter_log_events", {"logGroupName": GROUP}, ITEMS, None),
    ("iam", "list_roles", {}, 2, None),
    ("iam", "list_role_policies", {"RoleName": "sandbox-execution-role"}, 0, None),
    ("iam", "list_attached_role_policies", {"RoleName": "sandbox-execution-role"}, 0, None),
    (
        "iam",
        "simulate_principal_policy",
        {"PolicySourceArn": ROLE, "ActionNames": [f"sagemaker:List{index}" for index in range(ITEMS)]},
        ITEMS,
        None,
    ),
    ("pricing", "describe_services", {}, 1, None),
    ("pricing", "get_attribute_values", {"ServiceCode": "AmazonSageMaker", "AttributeName": "instanceName"}, ITEMS, None),
    ("pricing", "get_products", {"ServiceCode": "AmazonSageMaker"}, ITEMS, (4, 50)),
    ("service-quotas", "list_services", {}, 1, None),
    ("service-quotas", "list_service_quotas", {"ServiceCode": "sagemaker"}, ITEMS, (20, 100)),
    ("service-quotas", "list_aws_default_service_quotas", {"ServiceCode": "sagemaker"}, ITEMS, (20, 100)),
    ("service-quotas", "list_requested_service_quota_change_history", {"ServiceCode": "sagemaker"}, ITEMS, None),
]


def fill(url, caller):
    """Gives every list a few rows; throws what the sandbox refuses."""

    def make(service, operation, **values):
        answer, error = caller.call(service, operation, values)
        if error is not None:
            raise RuntimeError(f"{operation}: {error['Error']}")
        return answer

    steer(url, "quotas", {"name": QUOTA, "value": 100})
    config = make("sagemaker", "DescribeEndpoint", EndpointName="sagescope-demo")["EndpointConfigName"]
    container = {"Image": "own:1"}
    tags = [{"Key": f"key-{index}", "Value": "v"} for index in range(50)]
    make("sagemaker", "CreateModel", ModelName="tagged", ExecutionRoleArn=ROLE, PrimaryContainer=container, Tags=tags)
    quotas = make("service-quotas", "ListServiceQuotas", ServiceCode="sagemaker", MaxResults=100)["Quotas"]
    for index in range(ITEMS):
        name = f"page-{index}"
        make("sagemaker", "CreateEndpoint", EndpointName=name, EndpointConfigName=config)
    steer(url, "clock", {"advance": "1h"})
    for index in range(ITEMS):
        name = f"page-{index}"
        place = {**SCALING, "ResourceId": f"endpoint/{name}/variant/AllTraffic"}
        make("application-autoscaling", "RegisterScalableTarget", **place, MinCapacity=1, MaxCapacity=3)
        tracking = {"TargetValue": 5, "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}
        policy = {"PolicyName": "track", "PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": tracking}
        make("application-autoscaling", "PutScalingPolicy", **place, **policy)
        # Half an hour after this: more than runs, so each is scaled out, which is an activity.
        action = {"ScheduledActionName": "grow", "Schedule": f"at({NOW + 1.5 * HOUR:%Y-%m-%dT%H:%M:%S})", "ScalableTargetAction": {"MinCapacity": 2}}
        make("application-autoscaling", "PutScheduledAction", **place, **action)
        alarm = {"Namespace": "Custom/Test", "MetricName": "Load", "Statistic": "Average", "Period": 60}
        rule = {"EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}
        make("cloudwatch", "PutMetricAlarm", AlarmName=name, **alarm, **rule)
        workload = {"WorkloadSpec": {"Inline": '{"benchmark":{"type":"aiperf"}}'}}
        make("sagemaker", "CreateAIWorkloadConfig", AIWorkloadConfigName=name, AIWorkloadConfigs=workload)
        job = {"OutputConfig": {"S3OutputLocation": "s3://none/out/"}, "AIWorkloadConfigIdentifier": name, "RoleArn": ROLE}
        target = {"Endpoint": {"Identifier": "sagescope-demo"}}
        make("sagemaker", "CreateAIBenchmarkJob", AIBenchmarkJobName=name, BenchmarkTarget=target, **job)
        source = {"S3": {"S3Uri": "s3://none/weights/"}}
        goal = {"Constraints": [{"Metric": "ttft-ms"}]}
        advice = {"AIRecommendationJobName": name, "ModelSource": source, "PerformanceTarget": goal}
        make("sagemaker", "CreateAIRecommendationJob", **advice, **job)
        code = quotas[index]["QuotaCode"]
        make("service-quotas", "RequestServiceQuotaIncrease", ServiceCode="sagemaker", QuotaCode=code, DesiredValue=900)
    many = [{"MetricName": f"metric-{index}", "Value": 1} for index in range(600)]
    make("cloudwatch", "PutMetricData", Namespace="Custom/Many", MetricData=many)
    make("cloudwatch", "PutMetricData", Namespace="Custom/Test", MetricData=[{"MetricName": "Load", "Value": 3, "Timestamp": NOW - HOUR / 2}])
    # What is scaled out is so after a while.
    steer(url, "clock", {"advance": "1h"})


def rows_of(client, operation, values, size):
    """All rows as texts, and the size of the largest page."""
    paginator = client.get_paginator(operation)
    rows, largest = [], 0
    settings = {} if size is None else {"PageSize": size}
    for page in paginator.paginate(**values, PaginationConfig=settings):
        found = [row for key in paginator.result_keys for row in (key.search(page) or [])]
        largest = max(largest, len(found))
        rows.extend(json.dumps(row, default=str, sort_keys=True) for row in found)
    return rows, largest


def main(url):
    caller = Caller(url)
    fill(url, caller)
    wrong = []
    for service, operation, values, fewest, sizes in LISTS:
        first = None
        for size in sizes or SIZES:
            rows, largest = rows_of(caller.client(service), operation, values, size)
            first = rows if first is None else first
            name = f"{service} {operation} in pages of {size}"
            # The values of a metric come in one row, however many pages they were on.
            if len(rows) != len(set(rows)) and operation != "get_metric_data":
                wrong.append(f"{name}: {len(rows)} rows, {len(set(rows))} different")
            if rows != first:
                wrong.append(f"{name}: {len(rows)} rows, {len(first)} in pages of {(sizes or SIZES)[0]}, or another order")
            if len(rows) < fewest:
                wrong.append(f"{name}: {len(rows)} rows, at least {fewest} were made")
            if size is not None and largest > size:
                wrong.append(f"{name}: a page of {largest}")
    print(json.dumps({"wrong": wrong, "lists": len(LISTS)}))


if __name__ == "__main__":
    main(sys.argv[1])
