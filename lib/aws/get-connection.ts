import "server-only";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Connection } from "#lib/endpoint/connection.ts";
import { env } from "#lib/env.ts";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { sagemaker, sts } from "./clients.ts";
import { isLoopback } from "./is-loopback.ts";
import { resolvePlaces } from "./resolve-places.ts";
import { type SharedReads, shareReads } from "./share-reads.ts";

const FRESH_MS = 60_000;
const FAILED_FRESH_MS = 5_000;

declare global {
  /** One reading per process, however many bundles this module is part of. */
  var sagescopeConnection: SharedReads<Connection> | undefined;
}

/**
 * Where every call of this server goes, for the top bar. Asked of AWS once a minute; without STS (no network,
 * expired credentials) the rest is still shown, with the reason. Never a credential, not even a key id.
 */
export async function getConnection(): Promise<Connection> {
  globalThis.sagescopeConnection ??= shareReads({
    read: async () => succeed(await readConnection()),
    freshFor: (connection) => (connection.failure ? FAILED_FRESH_MS : FRESH_MS),
    now: Date.now,
    random: Math.random,
  });
  const result = await globalThis.sagescopeConnection.get();
  return result.ok ? result.value.value : nowhere(result.failure);
}

/** The region the SDK works in, or why it has none. */
async function getRegion(): Promise<Result<string>> {
  try {
    return succeed(await sagemaker().config.region());
  } catch (error) {
    return fail(awsFailure(error));
  }
}

async function readConnection(): Promise<Connection> {
  const region = await getRegion();
  if (!region.ok) return nowhere(region.failure);
  const [places, account] = await Promise.all([readPlaces(), readAccount()]);
  const failure = places.ok ? (account.ok ? null : account.failure) : places.failure;
  return {
    account: account.ok ? account.value : null,
    region: region.value,
    profile: env.profile,
    controlHost: places.ok ? places.value.controlHost : null,
    runtimeHost: places.ok ? places.value.runtimeHost : null,
    isLocal: places.ok && places.value.isLocal,
    ...(failure ? { failure } : {}),
  };
}

async function readPlaces(): Promise<Result<{ controlHost: string; runtimeHost: string; isLocal: boolean }>> {
  try {
    const { control, runtime } = await resolvePlaces();
    const areLoopback = await Promise.all([isLoopback(control.hostname), isLoopback(runtime.hostname)]);
    return succeed({
      controlHost: control.host,
      runtimeHost: runtime.host,
      isLocal: areLoopback.every(Boolean),
    });
  } catch (error) {
    return fail(awsFailure(error));
  }
}

async function readAccount(): Promise<Result<string>> {
  try {
    const identity = await sts().send(new GetCallerIdentityCommand({}));
    return identity.Account
      ? succeed(identity.Account)
      : fail({ code: "unexpected", message: "AWS did not say which account this is." });
  } catch (error) {
    return fail(awsFailure(error));
  }
}

function nowhere(failure: Failure): Connection {
  return {
    account: null,
    region: null,
    profile: env.profile,
    controlHost: null,
    runtimeHost: null,
    isLocal: false,
    failure,
  };
}
