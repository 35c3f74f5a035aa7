import { fail, type Result, succeed } from "#lib/failure.ts";
import { compress, decompress } from "#lib/package/compress.ts";
import { BLANK_PLAN, type Plan, planSchema, withoutSecrets } from "./plan.ts";

/** Far above any plan that the schema lets through. */
const MOST_BYTES = 2 ** 20;

/**
 * A plan as a word for an address: what differs from a blank plan, compressed, in base64url. Values whose names
 * say that they are secret are left out.
 */
export function renderPlanAddress(plan: Plan): string {
  const kept = Object.entries(withoutSecrets(plan).plan).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(BLANK_PLAN, key)),
  );
  return encode(compress(new TextEncoder().encode(JSON.stringify(Object.fromEntries(kept)))));
}

/** Reads such a word. Fails with `invalid` for one that is damaged or says what no plan may. */
export function parsePlanAddress(word: string): Result<Plan> {
  const bytes = decode(word);
  const unpacked = bytes && decompress(bytes, MOST_BYTES);
  if (!unpacked?.ok) return refuse();
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(unpacked.value));
    const parsed = planSchema.safeParse({ ...BLANK_PLAN, ...(typeof read === "object" ? read : {}) });
    return parsed.success ? succeed(parsed.data) : refuse();
  } catch {
    return refuse(); // No JSON: the address was cut or typed.
  }
}

function encode(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function decode(word: string): Uint8Array | null {
  if (!/^[\w-]+$/.test(word)) return null;
  try {
    return Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}

function refuse(): Result<never> {
  return fail({
    code: "invalid",
    message: "The plan in this address cannot be read.",
    hint: "Copy the whole address again, or begin a new plan.",
  });
}
