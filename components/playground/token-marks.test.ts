import { expect, it } from "vitest";
import { renderMarkRule, stepsBelow, thresholdStep } from "./token-marks.ts";

it("marks a token exactly when its probability lies below the threshold, for every threshold there is", () => {
  for (let step = 1; step < 20; step += 1) {
    const threshold = step * 0.05;
    for (const probability of [0, 1e-9, threshold - 1e-6, threshold + 1e-6, 0.949, 0.96, 1]) {
      const own = thresholdStep(Math.log(probability));
      expect(own !== null && own < stepsBelow(threshold)).toBe(probability < threshold);
    }
  }
});

it("takes noise above certainty for certain", () => {
  expect(thresholdStep(0.0001)).toBeNull();
});

it("writes a rule that names the steps below, and none for nothing", () => {
  expect(renderMarkRule(0.1)).toContain(':is([data-step="0"],[data-step="1"])');
  expect(renderMarkRule(0.1)).not.toContain('"2"');
  expect(renderMarkRule(0)).toBe("");
});
