// The arrows between the rooms. Everything is an error and nothing is allowed past: see lib/README.md.
const DOMAIN =
  "^lib/(endpoint|lmi|wire|run|score|chart|stats|gate|history|experiment|compare|classify|conversation|code|handover|options|choose|fit|package|plan|preflight|deploy)/";
const EDGE = "^lib/(aws|db)/";
const TEST = "\\.test\\.tsx?$";
const AWS_PACKAGE = "^(node_modules/)?(@aws-sdk|@smithy)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle means two files are one file, or that a third is missing. Types count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-imports-app",
      comment: "Routes are the top: what a route has that others need belongs in components or lib.",
      severity: "error",
      from: { pathNot: "^(app|proxy\\.ts)" },
      to: { path: "^app/" },
    },
    {
      name: "views-see-domain-only",
      comment: "A view takes props and callbacks; the route hands it data and actions.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|sandbox|e2e)/|^lib/(aws|db|launch|bench|env\\.ts)" },
    },
    {
      name: "ui-is-domain-free",
      comment: "A primitive could ship in another product.",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^components/(?!ui/)|^lib/(?!failure\\.ts)" },
    },
    {
      name: "domain-is-pure",
      comment: "The domain decides and touches nothing: effects come in as arguments.",
      severity: "error",
      from: { path: `${DOMAIN}|^lib/failure(-schema)?\\.ts$`, pathNot: TEST },
      to: {
        pathNot: `${DOMAIN}|^lib/failure(-schema)?\\.ts$|^(node_modules/)?(zod|eventsource-parser|jsonc-parser|fflate|diff|papaparse)/`,
      },
    },
    {
      name: "domain-order-leaves",
      comment: "stats, wire and lmi know nobody.",
      severity: "error",
      from: { path: "^lib/(stats|wire|lmi)/", pathNot: TEST },
      to: { path: "^lib/(?!failure\\.ts)([^/]+)/", pathNot: "^lib/$1/|^lib/(stats|wire|lmi)/" },
    },
    {
      name: "domain-leaves-are-strangers",
      comment: "stats, wire and lmi do not know each other either.",
      severity: "error",
      from: { path: "^lib/(stats|wire|lmi)/", pathNot: TEST },
      to: { path: "^lib/(stats|wire|lmi)/", pathNot: "^lib/$1/" },
    },
    {
      name: "run-does-not-draw",
      comment: "score and chart look at runs; runs do not look at them.",
      severity: "error",
      from: { path: "^lib/(endpoint|run)/", pathNot: TEST },
      to: { path: "^lib/(score|chart|history)/" },
    },
    {
      name: "wizard-order",
      comment: "preflight looks at plans; plan at choose, fit, options and package; these do not look back.",
      severity: "error",
      from: { path: "^lib/(options|choose|fit|package|plan)/", pathNot: TEST },
      to: { path: "^lib/preflight/" },
    },
    {
      name: "wizard-parts-do-not-plan",
      comment: "Options, back ends, sizes and archives make sense without a plan.",
      severity: "error",
      from: { path: "^lib/(options|choose|fit|package)/", pathNot: TEST },
      to: { path: "^lib/(?!lmi/|failure\\.ts)([^/]+)/", pathNot: "^lib/(options|choose|fit|package)/" },
    },
    {
      name: "wizard-leaves",
      comment: "Only choose looks at another part of the wizard: migration changes options.",
      severity: "error",
      from: { path: "^lib/(options|fit|package)/", pathNot: TEST },
      to: { path: "^lib/(options|choose|fit|package)/", pathNot: "^lib/$1/" },
    },
    {
      name: "one-aws",
      comment: "AWS names live and die in lib/aws.",
      severity: "error",
      from: { pathNot: "^(lib/aws|lib/bench|sandbox)/" },
      to: { path: AWS_PACKAGE },
    },
    {
      name: "edges-stand-alone",
      comment: "An edge serves routes; it knows the domain and no view.",
      severity: "error",
      from: { path: EDGE, pathNot: TEST },
      to: { path: "^(app|components|sandbox|e2e)/|^lib/(launch|bench)/" },
    },
    {
      name: "environment-at-the-edges",
      comment: "Only edges and routes know that a process environment exists.",
      severity: "error",
      from: { pathNot: `${EDGE}|^(app|lib/launch|lib/bench)/|^proxy\\.ts$|${TEST}` },
      to: { path: "^lib/env\\.ts$" },
    },
    {
      name: "charts-draw",
      comment: "One room knows the chart library.",
      severity: "error",
      from: { pathNot: "^components/charts/" },
      to: { path: "^(node_modules/)?recharts/" },
    },
    {
      name: "sandbox-is-an-island",
      comment:
        "A parser and a server that share a type can agree on a mistake: bytes are shared, code is not.",
      severity: "error",
      from: { pathNot: "^sandbox/" },
      to: { path: "^sandbox/" },
    },
    {
      name: "sandbox-knows-nobody",
      comment: "The sandbox would run from a folder of its own.",
      severity: "error",
      from: { path: "^sandbox/" },
      to: { path: "^(app|components|e2e|lib)/", pathNot: "^lib/(wire/fixtures/|lmi/[^/]+\\.json$)" },
    },
    {
      name: "e2e-sees-a-browser",
      comment: "A journey knows what a person knows: addresses, roles and names.",
      severity: "error",
      from: { path: "^e2e/" },
      to: { path: "^(app|components|lib|sandbox)/" },
    },
    {
      name: "launch-is-the-top",
      comment: "The commands start programs; no program imports a command.",
      severity: "error",
      from: { pathNot: "^lib/(launch|bench)/" },
      to: { path: "^lib/(launch|bench)/" },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-dev-packages-in-the-product",
      severity: "error",
      from: { path: "^(app|components|lib|sandbox|proxy\\.ts)", pathNot: `${TEST}|^lib/(launch|bench)/` },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
