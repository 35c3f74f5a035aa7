/** The policy for one answer. Only scripts that carry this nonce, and what those load, may run. */
export function contentSecurityPolicy(nonce: string, isReloading: boolean): string {
  // React's development build explains errors with eval; nothing else ever may.
  const forReloading = isReloading ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${forReloading}`,
    // Charts and the token heatmap place and colour things with style attributes, which no nonce can bless.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

/** What every answer says besides, whatever it holds. */
export const STANDING_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;
