/** What vLLM and DJL's front end say of an engine or a worker process that is gone. */
const WORDS =
  /EngineCore encountered an issue|EngineDeadError|engine (?:process )?(?:is )?dead|worker (?:has )?died/i;

/** Whether a container's words say that its engine died: it is then restarted, and has to load the model again. */
export function isDeadEngine(message: string): boolean {
  return WORDS.test(message);
}
