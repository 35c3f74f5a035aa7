import { devNull } from "node:os";

export type Environment = Record<string, string | undefined>;

/**
 * The server's environment when SageMaker is the local one.
 *
 * Every inherited AWS variable goes, and the developer's own configuration files are hidden: a profile, a session
 * token or a per-service address that survived would send calls to a real account.
 */
export function localEnvironment(inherited: Environment, endpointUrl: string): Environment {
  const kept = Object.entries(inherited).filter(([name]) => !name.toUpperCase().startsWith("AWS_"));
  return {
    ...Object.fromEntries(kept),
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}

/** The server's environment for a person's own account: theirs, with what they named on the command line. */
export function accountEnvironment(
  inherited: Environment,
  { profile, region }: { profile: string | undefined; region: string | undefined },
): Environment {
  return {
    ...inherited,
    ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
    ...(region === undefined ? {} : { AWS_REGION: region }),
  };
}

/** What every program of ours starts from: the mode is for the program to say, and nothing reports home. */
export function quietEnvironment(inherited: Environment): Environment {
  const { NODE_ENV: _ofAnotherProgram, ...rest } = inherited;
  return {
    ...rest,
    NEXT_TELEMETRY_DISABLED: "1",
    // The SDK's word about Node versions of next year is for whoever updates it, not for whoever starts the app.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
