import { z } from "zod";
import { parseJson } from "../../json.ts";
import { call, readText, whyUnreachable } from "./call.ts";
import { readEventText } from "./event-text.ts";
import { errorMessage, readChunk } from "./read-chunk.ts";

/** What a server that can answer says of itself. */
export type OpenaiServer = {
  readonly model: string;
  readonly contextSize: number | null;
  /** vLLM sends the finish reason beside the last token, llama.cpp after it. */
  readonly finishesWithToken: boolean;
};

export type Probed = { ok: true; server: OpenaiServer } | { ok: false; reason: string };

const modelsSchema = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        owned_by: z.string().nullish(),
        max_model_len: z.number().nullish(),
        meta: z.object({ n_ctx_train: z.number().nullish() }).nullish(),
      }),
    )
    .min(1),
});
const JSON_HEADERS = { "content-type": "application/json" };

/** Asks an OpenAI-compatible server for its models and for one token with its log probability. */
export async function probeOpenai(
  url: string,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<Probed> {
  try {
    const listed = await listModels(url, wanted, signal);
    if (!listed.ok) return listed;
    const trouble = await tryOneToken(url, listed.server.model, signal);
    return trouble === undefined ? listed : refused(url, trouble);
  } catch (error) {
    return refused(
      url,
      signal.aborted ? "it did not answer in time" : `it cannot be reached: ${whyUnreachable(error)}`,
    );
  }
}

async function listModels(url: string, wanted: string | undefined, signal: AbortSignal): Promise<Probed> {
  const answer = await call({ url: `${url}/models`, method: "GET", headers: {}, signal });
  const text = await readText(answer);
  if (answer.statusCode !== 200) {
    return refused(url, `GET /models answered ${answer.statusCode}${quoted(text)}`);
  }
  const models = modelsSchema.safeParse(parseJson(text));
  if (!models.success) {
    return refused(
      url,
      "GET /models did not answer a list of models, so this is no OpenAI-compatible server",
    );
  }
  const { data } = models.data;
  const model = wanted === undefined ? data[0] : data.find((one) => one.id === wanted);
  if (model === undefined) {
    return refused(url, `it serves ${data.map((one) => one.id).join(", ")} and not ${wanted}`);
  }
  return {
    ok: true,
    server: {
      model: model.id,
      contextSize: model.max_model_len ?? model.meta?.n_ctx_train ?? null,
      finishesWithToken: model.owned_by === "vllm",
    },
  };
}

// A server may list models and still lack completions, or the log probabilities that LMI always sends.
async function tryOneToken(url: string, model: string, signal: AbortSignal): Promise<string | undefined> {
  const body = JSON.stringify({ model, prompt: "Hello", max_tokens: 1, stream: true, logprobs: 1 });
  const answer = await call({
    url: `${url}/completions`,
    method: "POST",
    headers: JSON_HEADERS,
    body,
    signal,
  });
  if (answer.statusCode !== 200) {
    return `POST /completions answered ${answer.statusCode}${quoted(await readText(answer))}`;
  }
  for await (const text of readEventText(answer)) {
    const read = readChunk(text);
    if (read.kind === "error") return `POST /completions streamed an error: ${read.message}`;
    if (read.chunk.tokens.length > 0) return undefined;
  }
  return "POST /completions answers no log probabilities, which LMI's dialects are made of";
}

function quoted(text: string): string {
  const message = errorMessage(text);
  return message === undefined ? "" : `: ${message}`;
}

function refused(url: string, reason: string): Probed {
  return { ok: false, reason: `The server at ${url} cannot answer prompts: ${reason}.` };
}
