import { createHmac, timingSafeEqual } from "node:crypto";
import { validationException } from "../aws-error.ts";
import { isJsonObject, numberAt, parseJson, stringAt } from "../json.ts";

/** Where a row stands in a list: what the list is sorted by, and a name that is unique where that is equal. */
export type Place = readonly [key: string | number, name: string];

/** The token that leads to what comes after a place; `list` is the list with its filters. */
export function signToken(place: Place, list: string, secret: string): string {
  const body = Buffer.from(JSON.stringify({ key: place[0], name: place[1] })).toString("base64url");
  return `${body}.${signature(body, list, secret)}`;
}

/** The place in a token; throws `ValidationException` for a token that was not signed for this list. */
export function openToken(token: string, list: string, secret: string): Place {
  const [body = "", signed = ""] = token.split(".");
  const given = Buffer.from(signed);
  const expected = Buffer.from(signature(body, list, secret));
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  const parsed = genuine ? parseJson(Buffer.from(body, "base64url").toString()) : undefined;
  if (!isJsonObject(parsed)) {
    throw validationException("Invalid pagination token");
  }
  return [stringAt(parsed, "key") ?? numberAt(parsed, "key") ?? 0, stringAt(parsed, "name") ?? ""];
}

function signature(body: string, list: string, secret: string): string {
  return createHmac("sha256", secret).update(`${list}\n${body}`).digest("base64url");
}
