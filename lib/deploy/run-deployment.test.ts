import { describe, expect, it } from "vitest";
import { type Failure, fail, succeed } from "#lib/failure.ts";
import { beginProgress, type DeploymentProgress, deploymentProgressSchema } from "./deployment.ts";
import { runDeployment, type StepWork } from "./run-deployment.ts";

const REFUSAL: Failure = { code: "not-allowed", message: "No.", hint: "Ask." };

function bench() {
  const saved: DeploymentProgress[] = [];
  let time = 0;
  return {
    saved,
    save: async (progress: DeploymentProgress) => {
      saved.push(deploymentProgressSchema.parse(JSON.parse(JSON.stringify(progress))));
    },
    now: () => ++time,
  };
}

describe("a deployment", () => {
  it("does its steps in order and keeps each before the next", async () => {
    const { saved, save, now } = bench();
    const done: string[] = [];
    const step =
      (name: string): StepWork =>
      async () => {
        done.push(name);
        expect(saved.at(-1)?.steps.find((other) => other.name === name)?.state).toBe("running");
        return succeed(`${name} is there`);
      };
    const end = await runDeployment({
      progress: beginProgress(["upload", "create"]),
      work: { upload: step("upload"), create: step("create") },
      save,
      now,
    });
    expect(done).toEqual(["upload", "create"]);
    expect(end.state).toBe("accepted");
    expect(end.steps.map(({ note }) => note)).toEqual(["upload is there", "create is there"]);
    expect(end.steps.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(saved.at(-1)).toEqual(end);
  });

  it("ends with the step that fails and keeps why", async () => {
    const { save, now } = bench();
    const end = await runDeployment({
      progress: beginProgress(["upload", "create"]),
      work: {
        upload: async () => fail(REFUSAL),
        create: () => {
          throw new Error("must not be reached");
        },
      },
      save,
      now,
    });
    expect(end).toMatchObject({ state: "failed", failure: REFUSAL });
    expect(end.steps.map(({ state }) => state)).toEqual(["failed", "waiting"]);
  });

  it("goes on after a crash with what is not done, and after a failure with what failed", async () => {
    const { saved, save, now } = bench();
    await runDeployment({
      progress: beginProgress(["upload", "create"]),
      work: { upload: async () => succeed("uploaded"), create: async () => fail(REFUSAL) },
      save,
      now,
    });
    for (const left of saved.slice(1)) {
      let uploads = 0;
      const end = await runDeployment({
        progress: left,
        work: {
          upload: async () => {
            uploads += 1;
            return succeed("again");
          },
          create: async () => succeed("made"),
        },
        save,
        now,
      });
      expect(end).toMatchObject({ state: "accepted", failure: null });
      expect(uploads).toBe(0);
    }
  });

  it("hears of bytes while they are sent", async () => {
    const { save, now } = bench();
    const end = await runDeployment({
      progress: beginProgress(["upload"]),
      work: {
        upload: async (tell) => {
          tell({ type: "upload-progress", sent: 5, total: 10 });
          tell({ type: "upload-progress", sent: 10, total: 10 });
          return succeed("all of it");
        },
      },
      save,
      now,
    });
    expect(end.upload).toEqual({ sent: 10, total: 10 });
  });
});
