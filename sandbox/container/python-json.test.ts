import { expect, test } from "vitest";
import { dumpPydantic, dumpPython, fields, float } from "./python-json.ts";

// Left: what Python 3's json.dumps prints; right: pydantic's serializer.
test.each([
  [-1, "-1.0", "-1.0"],
  [-0, "-0.0", "-0.0"],
  [0.0001, "0.0001", "0.0001"],
  [-0.00001, "-1e-05", "-1e-5"],
  [1.5e-12, "1.5e-12", "1.5e-12"],
  [1e16, "1e+16", "1e16"],
  [-9999, "-9999.0", "-9999.0"],
  [Number.NaN, "NaN", "null"],
  [Number.NEGATIVE_INFINITY, "-Infinity", "null"],
])("the float %d", (value, python, pydantic) => {
  expect(dumpPython(float(value))).toBe(python);
  expect(dumpPydantic(float(value))).toBe(pydantic);
});

test("text stays raw UTF-8, also the separators JavaScript is wary of", () => {
  const text = 'é\u2028\u0000"\\\n\u007f';
  expect(dumpPython(fields({ text, gone: undefined }))).toBe('{"text": "é\u2028\\u0000\\"\\\\\\n\u007f"}');
  expect(dumpPydantic(fields({ list: [1, null, true] }))).toBe('{"list":[1,null,true]}');
});
