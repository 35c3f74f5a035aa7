import { defineConfig } from "drizzle-kit";

// `NODE_OPTIONS=--conditions=react-server npx drizzle-kit generate` writes the migration that leads from the last one to lib/db/schema.ts.
export default defineConfig({
  dialect: "postgresql",
  schema: "./lib/db/schema.ts",
  out: "./lib/db/migrations",
});
