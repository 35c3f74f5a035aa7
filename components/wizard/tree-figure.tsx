import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icons.tsx";
import type { Era, TreeLeaf, TreeNode } from "#lib/choose/tree-catalogue.ts";
import { BACKEND_IDS, backendTitle } from "#lib/lmi/backend-id.ts";

type Way = {
  era: Era;
  answers: Readonly<Record<string, string>>;
  onAnswer: (node: string, answer: string) => void;
};

/**
 * The tree as nested lists, a step to the right for each question, so that it is read on a phone, too. Every answer is a button, the way taken is drawn in colour and marked in words.
 */
export function TreeFigure(way: Way) {
  return (
    <div className="overflow-x-auto pb-1">
      <Branch {...way} target={way.era.start} isTaken />
    </div>
  );
}

function Branch({ era, answers, onAnswer, target, isTaken }: Way & { target: string; isTaken: boolean }) {
  const node = era.nodes.find(({ id }) => id === target);
  if (!node) {
    const leaf = era.leaves.find(({ id }) => id === target);
    return leaf ? <Leaf leaf={leaf} isTaken={isTaken} /> : null;
  }
  return (
    <div>
      <Question node={node} isTaken={isTaken} />
      <ul className="ml-3">
        {node.options.map((option, position) => {
          const isAnswer = answers[node.id] === option.value;
          const isWay = isTaken && isAnswer;
          const isLeaf = option.next.startsWith("leaf.");
          const isLast = position === node.options.length - 1;
          return (
            <li
              key={option.value}
              className={classNames(
                "relative flex flex-col items-start gap-1.5 py-1.5 pl-5",
                isLeaf && "sm:flex-row sm:items-center",
                // The vertical line of the siblings, ending at the last one's tick.
                "before:absolute before:left-0 before:top-0 before:w-px before:bg-line-strong",
                isLast ? "before:h-6" : "before:h-full",
                "after:absolute after:left-0 after:top-6 after:w-5",
                isWay ? "after:h-0.5 after:bg-accent" : "after:h-px after:bg-line-strong",
              )}
            >
              <button
                type="button"
                aria-pressed={isAnswer}
                onClick={() => onAnswer(node.id, option.value)}
                className={classNames(
                  "max-w-full rounded-lg border px-2.5 py-1.5 text-left text-xs sm:w-72",
                  isWay
                    ? "border-accent bg-accent-soft font-medium text-accent"
                    : "border-line bg-raised text-muted hover:border-line-strong hover:text-ink",
                  option.in_original_figure === false && "border-dashed",
                )}
              >
                {option.label ?? option.value.replaceAll("_", " ")}
                {isWay ? <span className="sr-only"> (the way taken)</span> : null}
              </button>
              <Branch era={era} answers={answers} onAnswer={onAnswer} target={option.next} isTaken={isWay} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Question({ node, isTaken }: { node: TreeNode; isTaken: boolean }) {
  return (
    <p
      className={classNames(
        "w-fit max-w-full rounded-lg border px-2.5 py-2 text-xs font-medium sm:max-w-md",
        isTaken ? "border-accent text-ink" : "border-line text-muted",
        node.in_original_figure === false && "border-dashed",
      )}
    >
      {node.question}
    </p>
  );
}

function Leaf({ leaf, isTaken }: { leaf: TreeLeaf; isTaken: boolean }) {
  const backend = BACKEND_IDS.find((id) => id === leaf.backend.split(" ")[0]);
  return (
    <p
      className={classNames(
        "inline-flex items-baseline gap-1.5 rounded-full border px-3 py-1.5 text-xs",
        isTaken ? "border-accent bg-accent font-semibold text-on-accent" : "border-line text-muted",
        !leaf.in_original_figure && "border-dashed",
      )}
    >
      {isTaken ? <Icon name="dot" className="size-2.5 shrink-0" /> : null}
      <span>
        {backend ? backendTitle(backend) : leaf.backend}
        <span className={isTaken ? "" : "text-muted"}>, {leaf.container}</span>
      </span>
    </p>
  );
}
