import { openJournal } from "./journal.ts";

// The crash test's victim: acknowledges each number on stdout only after its line is written. It ends with its parent.
const parent = process.ppid;
const { journal } = openJournal(process.argv[2] ?? "", false);
for (let number = 1; process.ppid === parent; number += 1) {
  journal.append([{ table: "t", key: `k${number}`, value: "x".repeat(number * 50) }]);
  process.stdout.write(`${number}\n`);
}
