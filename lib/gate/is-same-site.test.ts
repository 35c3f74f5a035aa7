import { expect, it } from "vitest";
import { isSameSite } from "./is-same-site.ts";

const HOST = "127.0.0.1:3000";

it.each([
  ["a program", { host: HOST, origin: null, fetchSite: null }],
  ["our page", { host: HOST, origin: "http://127.0.0.1:3000", fetchSite: "same-origin" }],
  [
    "our page behind TLS",
    { host: "scope.example", origin: "https://scope.example", fetchSite: "same-origin" },
  ],
  ["a typed address", { host: HOST, origin: null, fetchSite: "none" }],
  ["a host in capitals", { host: "Scope.Example", origin: "https://scope.example", fetchSite: null }],
])("lets %s in", (_name, caller) => {
  expect(isSameSite(caller)).toBe(true);
});

it.each([
  ["another site", { host: HOST, origin: "https://evil.example", fetchSite: "cross-site" }],
  ["another site, old browser", { host: HOST, origin: "https://evil.example", fetchSite: null }],
  ["an image on another site", { host: HOST, origin: null, fetchSite: "cross-site" }],
  ["another port here", { host: HOST, origin: "http://127.0.0.1:8080", fetchSite: "same-site" }],
  ["another port, old browser", { host: HOST, origin: "http://127.0.0.1:8080", fetchSite: null }],
  ["an isolated frame", { host: HOST, origin: "null", fetchSite: "cross-site" }],
  ["an isolated frame, old browser", { host: HOST, origin: "null", fetchSite: null }],
  ["an origin without host", { host: null, origin: "http://127.0.0.1:3000", fetchSite: null }],
  ["nonsense", { host: HOST, origin: "127.0.0.1:3000", fetchSite: null }],
  ["a prefix", { host: HOST, origin: "http://127.0.0.1:3000.evil.example", fetchSite: null }],
])("keeps %s out", (_name, caller) => {
  expect(isSameSite(caller)).toBe(false);
});
