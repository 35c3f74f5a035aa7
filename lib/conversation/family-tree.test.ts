import { describe, expect, test } from "vitest";
import type { RunOrigin } from "#lib/run/run-origin.ts";
import type { FamilyRun } from "./family.ts";
import { buildFamilyTree, countRuns, pathTo, type Question } from "./family-tree.ts";
import { editedMessages, firstMessages, replyMessages } from "./next-messages.ts";
import { turnsBefore } from "./thread.ts";

let clock = 0;
function run(id: string, question: string, origin: RunOrigin | null = null): FamilyRun {
  clock += 1;
  return {
    id,
    question,
    origin,
    parentId: origin !== null && "parentId" in origin ? origin.parentId : null,
    createdAt: clock,
    endpointName: "e",
    account: null,
    region: null,
    container: null,
    prompt: question,
    answer: "",
    status: "finished",
    finishReason: null,
    failure: null,
    tokens: 1,
    requests: 1,
    elapsedMs: 1,
    firstTokenMs: 1,
    confidence: null,
    starred: false,
    tags: [],
    notes: "",
    experimentId: null,
  };
}

const FAMILY = [
  run("a", "Why?"),
  run("b", "Why?", { kind: "regenerate", parentId: "a" }),
  run("c", "And then?", { kind: "reply", parentId: "a" }),
  run("d", "And there?", { kind: "edit", parentId: "c" }),
  run("e", "And there?", { kind: "branch", parentId: "d", tokenIndex: 4, text: " no" }),
  run("f", "How?", { kind: "edit", parentId: "a" }),
  run("g", "Lost?", { kind: "reply", parentId: "deleted" }),
];

function outline(questions: readonly Question[]): unknown {
  return questions.map(({ text, answers }) => [
    text,
    answers.map((answer) => [answer.run.id, outline(answer.followUps)]),
  ]);
}

describe("a family of runs", () => {
  const roots = buildFamilyTree(FAMILY.toReversed());

  test("is a tree of questions and their answers", () => {
    expect(outline(roots)).toEqual([
      [
        "Why?",
        [
          [
            "a",
            [
              ["And then?", [["c", []]]],
              [
                "And there?",
                [
                  ["d", []],
                  ["e", []],
                ],
              ],
            ],
          ],
          ["b", []],
        ],
      ],
      ["How?", [["f", []]]],
      ["Lost?", [["g", []]]],
    ]);
    expect(countRuns(roots)).toBe(FAMILY.length);
  });

  test("knows the way to a run and what stands beside it", () => {
    const path = pathTo(roots, "e");
    expect(path.map(({ answer }) => answer.run.id)).toEqual(["a", "e"]);
    expect(path.map(({ questions }) => questions.length)).toEqual([3, 2]);
    expect(path.at(-1)?.question.answers).toHaveLength(2);
    expect(pathTo(roots, "nobody")).toEqual([]);
  });

  test("lends its runs to the turns of a chat, from the last one back", () => {
    const messages = replyMessages(firstMessages("Be brief.", "Why?"), "Because.", "Be kind.", "And there?");
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    expect(turnsBefore(messages, pathTo(roots, "e"))).toMatchObject([
      { question: "Why?", answer: "Because.", step: { answer: { run: { id: "a" } } } },
    ]);
    expect(turnsBefore(messages, pathTo(roots, "g"))).toMatchObject([{ question: "Why?", step: null }]);
  });

  test("an edited question keeps what was before it", () => {
    const asked = replyMessages(firstMessages("", "Why?"), "Because.", "", "And?");
    expect(editedMessages(asked, "But?").map(({ content }) => content)).toEqual(["Why?", "Because.", "But?"]);
  });
});
