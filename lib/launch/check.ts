import { onOrphaned } from "./ancestors.ts";
import { check } from "./check-steps.ts";
import { withFolder } from "./report-folder.ts";
import { sayFailures } from "./steps.ts";
import { createSupervisor } from "./supervisor.ts";
import { endOnSignals } from "./terminal.ts";

const supervisor = createSupervisor();
const end = endOnSignals(supervisor);
onOrphaned(() => end(1));

const outcomes = await withFolder((folder) => check(folder, supervisor));
sayFailures(outcomes);
await end(outcomes.every(({ ok }) => ok) ? 0 : 1);
