import { expect, test } from "vitest";
import { addressOf, isLoopback, ownHosts } from "./names.ts";

test("by default only the three names of this machine mean us", () => {
  expect(ownHosts("127.0.0.1", 3000)).toEqual(["127.0.0.1:3000", "localhost:3000", "[::1]:3000"]);
});

test("an address that was asked for is ours too", () => {
  expect(ownHosts("192.168.1.5", 80)).toContain("192.168.1.5:80");
  expect(ownHosts("fe80::1", 80)).toContain("[fe80::1]:80");
});

test("listening everywhere means every name the machine has", () => {
  expect(ownHosts("0.0.0.0", 3000, ["Desk", "192.168.1.5"])).toEqual([
    "127.0.0.1:3000",
    "localhost:3000",
    "[::1]:3000",
    "desk:3000",
    "192.168.1.5:3000",
  ]);
});

test("browsers leave out port 80", () => {
  expect(ownHosts("127.0.0.1", 80)).toContain("localhost");
  expect(ownHosts("127.0.0.1", 8080)).not.toContain("localhost");
});

test("the printed address can be opened", () => {
  expect(addressOf("127.0.0.1", 3000)).toBe("http://127.0.0.1:3000");
  expect(addressOf("0.0.0.0", 3000)).toBe("http://127.0.0.1:3000");
  expect(addressOf("::1", 3000)).toBe("http://[::1]:3000");
});

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["localhost", true],
  ["::1", true],
  ["0.0.0.0", false],
  ["127.0.0.1.example.com", false],
])("%s is only for this machine: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
