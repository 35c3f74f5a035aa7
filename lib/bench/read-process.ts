import { z } from "zod";

const processSchema = z.object({ cpuMs: z.number(), memoryBytes: z.number() });

/** The processor time and the memory that a server has used, as it says itself. */
export async function readProcess(url: string): Promise<z.infer<typeof processSchema>> {
  return processSchema.parse(await (await fetch(`${url}/_sandbox/process`)).json());
}
