/**
 * Puts the run into the address at once, before anything of its answer is drawn: whoever reloads then comes back to
 * it. What else belongs into the address may wait; the router sees this change like any other.
 */
export function nameRunInAddress(runId: string): void {
  const address = new URL(window.location.href);
  address.searchParams.set("run", runId);
  window.history.replaceState(null, "", address);
}
