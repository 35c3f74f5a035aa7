import type { QueryOperation, QueryService } from "../services/query.ts";
import document from "../shapes/iam.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { getRole, getRolePolicy, listAttachedRolePolicies, listRolePolicies, listRoles } from "./roles.ts";
import { simulatePrincipalPolicy } from "./simulate.ts";

/** IAM, as far as a deployment asks it: which roles there are, whom they trust, and who may do what. */
export const IAM: QueryService = {
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  shapes: readShapes(document),
  operations: new Map<string, QueryOperation>([
    ["ListRoles", listRoles],
    ["GetRole", getRole],
    ["ListRolePolicies", listRolePolicies],
    ["GetRolePolicy", getRolePolicy],
    ["ListAttachedRolePolicies", listAttachedRolePolicies],
    ["SimulatePrincipalPolicy", simulatePrincipalPolicy],
  ]),
};
