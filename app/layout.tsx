import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { ConnectionStrip } from "#components/shell/connection-strip.tsx";
import { parseTheme, THEME_COOKIE } from "#components/shell/theme.ts";
import { TopBar } from "#components/shell/top-bar.tsx";
import { getConnection } from "#lib/aws/get-connection.ts";
import { Providers } from "./providers.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Sagescope", template: "%s · Sagescope" },
  description: "Deploy, manage and look inside large-language-model endpoints on Amazon SageMaker",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1115" },
  ],
};

async function Connected() {
  return <ConnectionStrip initial={await getConnection()} />;
}

// Reading a cookie makes every page dynamic, which the per-request nonce of the content security policy needs too.
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body className="min-h-dvh">
        <Providers>
          <TopBar
            theme={theme}
            connection={
              <Suspense fallback={<ConnectionStrip />}>
                <Connected />
              </Suspense>
            }
          />
          <main id="main" className="mx-auto max-w-[1680px] px-4 py-6 sm:px-6">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}
