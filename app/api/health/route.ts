export const dynamic = "force-dynamic";

/** Answers as soon as the server can answer at all; asks nothing of AWS. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "Cache-Control": "no-store" } });
}
