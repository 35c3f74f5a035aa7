import { createServer } from "node:net";
import { expect, test } from "vitest";
import { anyFreePort, choosePort, isPortFree } from "./ports.ts";

function taken(...ports: number[]) {
  return async (port: number) => !ports.includes(port);
}

test("the usual port needs no remark", async () => {
  expect(await choosePort(undefined, taken())).toEqual({ ok: true, value: { port: 3000 } });
});

test("the next free port is taken, and said", async () => {
  expect(await choosePort(undefined, taken(3000, 3001))).toEqual({
    ok: true,
    value: { port: 3002, remark: "Port 3000 is taken; using 3002." },
  });
});

test("a port that was asked for is that port or nothing", async () => {
  expect(await choosePort(4000, taken(3000))).toEqual({ ok: true, value: { port: 4000 } });
  expect(await choosePort(4000, taken(4000))).toMatchObject({
    ok: false,
    failure: { message: "Port 4000 is taken by another program." },
  });
});

test("when every port of the range is taken, a person is told what to do", async () => {
  expect(await choosePort(undefined, async () => false)).toMatchObject({
    failure: { message: expect.stringContaining("--port") },
  });
});

test("a listening server takes a port, and gives it back", async () => {
  const port = await anyFreePort("127.0.0.1");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await isPortFree(port, "127.0.0.1")).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isPortFree(port, "127.0.0.1")).toBe(true);
});

test("an address of another machine is not a taken port", async () => {
  await expect(isPortFree(3000, "192.0.2.1")).rejects.toThrow("EADDRNOTAVAIL");
});
