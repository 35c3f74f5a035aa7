import { expect, it } from "vitest";
import { parseDeleteEndpointInput } from "./delete-endpoint-input.ts";

it("wants the name typed exactly", () => {
  expect(parseDeleteEndpointInput({ name: "e1", confirmation: "e1" })).toEqual({
    ok: true,
    value: { name: "e1", alsoConfigAndModels: true },
  });
  for (const confirmation of ["", "E1", "e1 ", "e"]) {
    expect(parseDeleteEndpointInput({ name: "e1", confirmation })).toMatchObject({
      ok: false,
      failure: { code: "invalid", field: "confirmation" },
    });
  }
});

it("refuses what is not a wish to delete", () => {
  for (const input of [null, "e1", {}, { name: "e1" }, { name: "", confirmation: "" }]) {
    expect(parseDeleteEndpointInput(input)).toMatchObject({ ok: false, failure: { code: "invalid" } });
  }
});
