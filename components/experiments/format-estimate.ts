/** Seconds as people say them: whole seconds, then minutes, then hours. */
export function formatSpan(seconds: number): string {
  if (seconds < 1) return "under a second";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${(minutes / 60).toFixed(1)} h`;
}

/** US dollars; what is below a cent is not said to be nothing. */
export function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? "under 1 cent" : `$${dollars.toFixed(2)}`;
}

/** Two ends as one phrase; one where they read alike. */
export function formatRange(
  { from, to }: { from: number; to: number },
  format: (value: number) => string,
): string {
  const [least, most] = [format(from), format(to)];
  return least === most ? most : `${least} to ${most}`;
}
