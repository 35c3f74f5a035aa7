import { costOfTime } from "#lib/endpoint/cost-of-time.ts";
import type { GenerationParameters } from "#lib/run/generation-parameters.ts";
import { parameterSupport, type RequestManner } from "#lib/wire/parameters.ts";
import type { ExperimentSpec, Question } from "./experiment-spec.ts";
import type { Pace } from "./pace.ts";

/** So many requests are worth a question before they are sent. */
export const ASK_ABOVE = 50;

export type Estimate = {
  /** At most: auto-continue may need fewer. */
  requests: number;
  /** Null where nothing limits an answer but what the model can hold. */
  tokensAtMost: number | null;
  /** Null where no past run tells how fast the endpoint is, or nothing limits the answers. */
  seconds: { from: number; to: number } | null;
  /** US dollars that the endpoint costs in that time, which it costs whether it answers or not. */
  cost: { from: number; to: number } | null;
};

/** What an experiment takes at most, before it begins. `from`: short answers at a fast pace; `to`: the opposite. */
export function estimateExperiment({
  spec: { request, concurrency },
  cells,
  manner,
  pace,
  pricePerHour,
}: {
  spec: Pick<ExperimentSpec, "concurrency"> & { request: Pick<Question, "parameters" | "autoContinue"> };
  cells: number;
  manner: RequestManner;
  pace: Pace | null;
  pricePerHour: number | null;
}): Estimate {
  const limit = request.autoContinue?.maxTokens ?? limitOf(request.parameters, manner);
  const seconds = pace === null || limit === null ? null : timeOf({ cells, concurrency, limit, pace });
  return {
    requests: cells * (request.autoContinue?.maxRequests ?? 1),
    tokensAtMost: limit === null ? null : cells * limit,
    seconds,
    cost: seconds === null ? null : costOf(seconds, pricePerHour),
  };
}

function costOf(seconds: { from: number; to: number }, pricePerHour: number | null): Estimate["cost"] {
  const [from, to] = [seconds.from, seconds.to].map((time) => costOfTime(pricePerHour, time * 1_000));
  return from == null || to == null ? null : { from, to };
}

/** Tokens of one answer at most: as set, or the container's own limit. */
function limitOf({ maxNewTokens }: GenerationParameters, manner: RequestManner): number | null {
  if (maxNewTokens !== undefined) return maxNewTokens;
  const support = parameterSupport("maxNewTokens", manner);
  const unset = support.isKnown ? Number(support.unset) : Number.NaN;
  return Number.isFinite(unset) ? unset : null;
}

function timeOf({
  cells,
  concurrency,
  limit,
  pace: { tokensPerSecond, firstTokenMs, shortest },
}: {
  cells: number;
  concurrency: number;
  limit: number;
  pace: Pace;
}): { from: number; to: number } {
  const rounds = Math.ceil(cells / concurrency);
  return {
    from: rounds * (firstTokenMs.fast / 1_000 + Math.min(shortest, limit) / tokensPerSecond.fast),
    to: rounds * (firstTokenMs.slow / 1_000 + limit / tokensPerSecond.slow),
  };
}
