/** Of a body of run events. Neither Next's compression nor a proxy in between may hold lines back. */
export const RUN_HEADERS = {
  "Content-Type": "application/x-ndjson; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};
