"use client";

import { useState } from "react";
import { Segmented } from "#components/ui/segmented.tsx";
import { THEME_COOKIE, type Theme } from "./theme.ts";

const OPTIONS = [
  { value: "system", label: "Auto" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** The choice lives in a cookie, so that the server's first byte already has the right colours. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  function choose(next: Theme) {
    setTheme(next);
    document.documentElement.dataset.theme = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox.
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
  }
  return <Segmented label="Colour theme" options={OPTIONS} value={theme} onChange={choose} />;
}
