// A token with its alternatives takes a few kilobytes; what never ends its line is no event stream.
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * The values of the `data:` lines of a server-sent event stream, which in this protocol are one line each,
 * until `[DONE]`. Older llama.cpp servers write a failure as an `error:` line, which counts as data.
 */
export async function* readEventText(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let waiting = "";
  for await (const chunk of body) {
    const lines = (waiting + decoder.decode(chunk, { stream: true })).split("\n");
    waiting = lines.pop() ?? "";
    if (waiting.length > LONGEST_LINE) throw new Error("a line of the event stream is too long");
    for (const line of lines) {
      const value = /^(?:data|error): ?(.*?)\r?$/.exec(line)?.[1];
      if (value === "[DONE]") return;
      if (value !== undefined && value !== "") yield value;
    }
  }
}
