/** Called by Next once, when the server starts: the history is opened now, so that no first run waits for it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { database } = await import("#lib/db/database.ts");
  // Not awaited: pages need no history, and trouble with it is told where it is looked at.
  void database();
}
