import "server-only";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { PGlite } from "@electric-sql/pglite";

// Making an empty database computes for seconds in one go: in the web server those would be seconds without a page.
const [folder = ""] = process.argv.slice(2);
const draft = `${folder}.making`;
await rm(draft, { recursive: true, force: true });
await mkdir(dirname(folder), { recursive: true });
const client = await PGlite.create(draft);
await client.close();
// Whoever is killed before this line leaves nothing that looks like a database.
await rename(draft, folder);
