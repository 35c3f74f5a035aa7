import type { Scope } from "../control/scope.ts";
import { type JsonObject, stringAt } from "../json.ts";
import { markerPage } from "./marker-page.ts";
import { noSuchEntity } from "./refusals.ts";
import { ROLES, type Role, roleArn, trustPolicy } from "./role-catalogue.ts";

// Before any sandbox was started: the roles were always there.
const CREATED = "2026-01-01T00:00:00Z";
const SESSION_SECONDS = 3600;

/** A page of roles in order of their names, those under a path where one is asked for. */
export function listRoles(scope: Scope, input: JsonObject): JsonObject {
  const prefix = stringAt(input, "PathPrefix") ?? "/";
  const found = prefix === "/" ? ROLES : [];
  const page = markerPage(scope, input, found, ({ name }) => name, `ListRoles/${prefix}`);
  return { Roles: page.items.map((role) => describeRole(scope, role)), ...page.end };
}

/** One role with its trust policy, whose text is percent-encoded as IAM answers documents. */
export function getRole(scope: Scope, input: JsonObject): JsonObject {
  return { Role: { ...describeRole(scope, requireRole(input)), RoleLastUsed: {} } };
}

/** The names of a role's inline policies. */
export function listRolePolicies(scope: Scope, input: JsonObject): JsonObject {
  const role = requireRole(input);
  const names = [...role.policies.keys()];
  const page = markerPage(scope, input, names, (name) => name, `ListRolePolicies/${role.name}`);
  return { PolicyNames: page.items, ...page.end };
}

/** One inline policy of a role. */
export function getRolePolicy(_scope: Scope, input: JsonObject): JsonObject {
  const role = requireRole(input);
  const name = stringAt(input, "PolicyName") ?? "";
  const policy = role.policies.get(name);
  if (policy === undefined) {
    throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  }
  return {
    RoleName: role.name,
    PolicyName: name,
    PolicyDocument: encodeURIComponent(JSON.stringify(policy)),
  };
}

/** The managed policies of a role: the roles here have none. */
export function listAttachedRolePolicies(_scope: Scope, input: JsonObject): JsonObject {
  requireRole(input);
  return { AttachedPolicies: [], IsTruncated: false };
}

function requireRole(input: JsonObject): Role {
  const name = stringAt(input, "RoleName") ?? "";
  const role = ROLES.find((candidate) => candidate.name === name);
  if (role === undefined) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

function describeRole(scope: Scope, role: Role): JsonObject {
  return {
    Path: "/",
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(scope.region, role.name),
    CreateDate: CREATED,
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trustPolicy(role))),
    Description: role.description,
    MaxSessionDuration: SESSION_SECONDS,
  };
}
