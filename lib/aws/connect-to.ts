import "server-only";

/**
 * Points the SDK at an address through its own variables, the way a person would, and forgets what was known of
 * the last place. Contract tests and benchmarks call it, with their process's environment.
 */
export function connectTo(
  environment: Record<string, string | undefined>,
  url: string,
  { key, secret }: { key: string; secret: string },
): void {
  for (const name of Object.keys(environment)) if (name.startsWith("AWS_")) delete environment[name];
  Object.assign(environment, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: key,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  });
  globalThis.sagescopeClients = undefined;
  globalThis.sagescopeEndpointWatch = undefined;
  globalThis.sagescopeConnection = undefined;
  globalThis.sagescopeRoles = undefined;
  globalThis.sagescopeExpiries = undefined;
}
