import { onOrphaned } from "./ancestors.ts";
import { checkSteps } from "./check-steps.ts";
import { withFolder } from "./report-folder.ts";
import { type Outcome, runStep, sayFailures } from "./steps.ts";
import { createSupervisor } from "./supervisor.ts";
import { endOnSignals } from "./terminal.ts";

const supervisor = createSupervisor();
const end = endOnSignals(supervisor);
onOrphaned(() => end(1));

const outcomes: Outcome[] = [];
await withFolder(async (folder) => {
  for (const step of checkSteps(folder)) outcomes.push(await runStep(step, supervisor));
});
sayFailures(outcomes);
await end(outcomes.every(({ ok }) => ok) ? 0 : 1);
