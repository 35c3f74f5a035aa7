import { launch } from "./launch.ts";

await launch("dev", process.argv.slice(2));
