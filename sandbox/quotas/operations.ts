import type { JsonService, Operation } from "../services/json-rpc.ts";
import document from "../shapes/service-quotas.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import {
  getDefaultServiceQuota,
  getServiceQuota,
  listDefaultServiceQuotas,
  listServiceQuotas,
  listServices,
} from "./list-quotas.ts";
import { getRequest, listRequests, listRequestsByQuota, requestIncrease } from "./quota-requests.ts";

/** Service Quotas, for SageMaker's quotas. */
export const SERVICE_QUOTAS: JsonService = {
  prefix: "ServiceQuotasV20190624",
  contentType: "application/x-amz-json-1.1",
  shapes: readShapes(document),
  operations: new Map<string, Operation>([
    ["ListServices", listServices],
    ["ListServiceQuotas", listServiceQuotas],
    ["GetServiceQuota", getServiceQuota],
    ["ListAWSDefaultServiceQuotas", listDefaultServiceQuotas],
    ["GetAWSDefaultServiceQuota", getDefaultServiceQuota],
    ["RequestServiceQuotaIncrease", requestIncrease],
    ["GetRequestedServiceQuotaChange", getRequest],
    ["ListRequestedServiceQuotaChangeHistory", listRequests],
    ["ListRequestedServiceQuotaChangeHistoryByQuota", listRequestsByQuota],
  ]),
};
