import { expect, test } from "vitest";
import { parseHosts, refusalOf } from "./admit.ts";

const OWN = parseHosts("127.0.0.1:3000,localhost:3000,[::1]:3000");
const NAME = expect.stringContaining("does not answer to that name");
const CHANGE = expect.stringContaining("may not change anything");

function knock(
  method: string,
  host: string | null,
  origin: string | null = null,
  fetchSite: string | null = null,
) {
  return refusalOf({ method, host, origin, fetchSite }, OWN);
}

test.each(["127.0.0.1:3000", "localhost:3000", "LOCALHOST:3000", "[::1]:3000"])(
  "%s is a name of ours",
  (host) => {
    expect(knock("GET", host)).toBeUndefined();
  },
);

test.each([
  "evil.example:3000",
  "127.0.0.1",
  "127.0.0.1:3001",
  "127.0.0.1:3000.evil.example",
  "localhost.:3000",
  "",
  null,
])("%s is not", (host) => {
  expect(knock("GET", host)).toEqual(NAME);
});

test.each(["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"])(
  "a page of ours at %s may change things",
  (origin) => {
    expect(knock("POST", "127.0.0.1:3000", origin, "same-origin")).toBeUndefined();
  },
);

test.each(["https://evil.example", "http://localhost:8080", "null", "http://127.0.0.1", "file://"])(
  "a page of %s may read what browsers let it and change nothing",
  (origin) => {
    expect(knock("GET", "127.0.0.1:3000", origin)).toBeUndefined();
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "delete"]) {
      expect(knock(method, "127.0.0.1:3000", origin)).toEqual(CHANGE);
    }
  },
);

test("a browser that hides the origin still tells that it is another site's", () => {
  expect(knock("POST", "127.0.0.1:3000", null, "cross-site")).toEqual(CHANGE);
  expect(knock("POST", "127.0.0.1:3000", null, "same-site")).toEqual(CHANGE);
  expect(knock("POST", "127.0.0.1:3000", null, "same-origin")).toBeUndefined();
});

test("a program without an origin is the person's own", () => {
  expect(knock("POST", "127.0.0.1:3000")).toBeUndefined();
});

test("an empty list admits nobody", () => {
  expect(refusalOf({ method: "GET", host: "", origin: null, fetchSite: null }, parseHosts(" ,"))).toEqual(
    NAME,
  );
});
