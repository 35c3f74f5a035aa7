/** One call of the walk. */
export type Call = { readonly operation: string; readonly input: Readonly<Record<string, unknown>> };

/** How a call must end: accepted, or refused with a message of this form. */
export type Verdict = "accepted" | RegExp;

/** An endpoint or component as Describe shows it; undefined where Describe does not find it. */
export type Seen = {
  readonly status: string;
  readonly current: number;
  readonly desired: number;
  readonly failure: string | undefined;
  /** Of endpoints: the configuration in use and the number of variants. */
  readonly config?: string;
  readonly variants?: number;
};

type Config = { readonly model: string | undefined; readonly count: number };
type Goal = { readonly config: string; readonly count: number; readonly bare: boolean };
type Endpoint = Goal & { status: string; good: boolean; next: Goal };
type Rule = (input: Record<string, string>, call: Call) => Verdict;
type Component = {
  readonly endpoint: string;
  readonly base: string | undefined;
  status: string;
  good: boolean;
  copies: number;
};

/** A model of this name never passes its ping health check. */
export const BAD_MODEL = "bad";

const GONE = /^Could not find /;
const TAKEN = /^Cannot create already existing /;
const BUSY = /^Cannot update in-progress /;
const DEAD = /it can only be deleted\.$/;

/** Where time alone leads: every state with what may follow, the last one for good. */
function ahead(status: string, good: boolean, endpoint: boolean): string[] {
  if (status === "Creating") return good ? ["Creating", "InService"] : ["Creating", "Failed"];
  if (status === "Updating" && endpoint && !good) return ["Updating", "RollingBack", "InService"];
  if (status === "Updating") return ["Updating", "InService"];
  if (status === "RollingBack") return ["RollingBack", "InService"];
  return status === "Deleting" ? ["Deleting", "Gone"] : [status];
}

/**
 * SageMaker's hosting resources as a small automaton, written from the table of states and knowing nothing of the
 * sandbox. It judges calls, follows what time does, and names whatever it sees that must not be.
 */
export function createAutomaton() {
  const models = new Set<string>();
  const configs = new Map<string, Config>();
  const endpoints = new Map<string, Endpoint>();
  const components = new Map<string, Component>();

  const of = (name: string) => [...components.values()].filter((one) => one.endpoint === name);
  const isSound = (model: string | undefined) =>
    model === undefined || (models.has(model) && model !== BAD_MODEL);
  const unsettled = ({ status }: Endpoint) =>
    status === "InService" ? undefined : ["Failed", "UpdateRollbackFailed"].includes(status) ? DEAD : BUSY;

  const rules = new Map<string, Rule>();
  const rule = (operation: string, judge: Rule) => rules.set(operation, judge);
  rule("CreateModel", ({ ModelName: name = "" }) => (models.has(name) ? TAKEN : done(models.add(name))));
  rule("DeleteModel", ({ ModelName: name = "" }) => (models.delete(name) ? "accepted" : GONE));
  rule("DescribeModel", ({ ModelName: name = "" }) => (models.has(name) ? "accepted" : GONE));
  rule("CreateEndpointConfig", ({ EndpointConfigName: name = "" }, call) => {
    const { model, count } = variantIn(call);
    if (configs.has(name)) return TAKEN;
    if (model !== undefined && !models.has(model)) return GONE;
    return done(configs.set(name, { model, count }));
  });
  rule("DeleteEndpointConfig", ({ EndpointConfigName: name = "" }) =>
    configs.delete(name) ? "accepted" : GONE,
  );
  rule("DescribeEndpointConfig", ({ EndpointConfigName: name = "" }) =>
    configs.has(name) ? "accepted" : GONE,
  );
  rule("CreateEndpoint", ({ EndpointName: name = "", EndpointConfigName: wanted = "" }) => {
    const config = configs.get(wanted);
    if (endpoints.has(name)) return TAKEN;
    if (config === undefined || (config.model !== undefined && !models.has(config.model))) return GONE;
    const goal = { config: wanted, count: config.count, bare: config.model === undefined };
    const good = isSound(config.model);
    return done(endpoints.set(name, { ...goal, status: "Creating", good, next: goal }));
  });
  rule("UpdateEndpoint", ({ EndpointName: name = "", EndpointConfigName: wanted = "" }, { input }) => {
    const [endpoint, config] = [endpoints.get(name), configs.get(wanted)];
    if (endpoint === undefined || config === undefined) return GONE;
    const refusal = unsettled(endpoint);
    if (refusal !== undefined) return refusal;
    if (config.model !== undefined && of(name).length > 0) return /has inference component /;
    const count = input.RetainAllVariantProperties === true ? endpoint.count : config.count;
    endpoint.next = { config: wanted, count, bare: config.model === undefined };
    // A configuration that was deleted under its endpoint comes out at the next update.
    endpoint.good = isSound(config.model) && configs.has(endpoint.config);
    endpoint.status = "Updating";
    return "accepted";
  });
  rule("UpdateEndpointWeightsAndCapacities", ({ EndpointName: name = "" }, { input }) => {
    const endpoint = endpoints.get(name);
    if (endpoint === undefined) return GONE;
    const refusal = unsettled(endpoint);
    if (refusal !== undefined) return refusal;
    const [wish] = input.DesiredWeightsAndCapacities as {
      VariantName: string;
      DesiredInstanceCount: number;
    }[]; // As the walk makes it.
    if (wish?.VariantName !== "v1") return /is\/are not present within endpoint configuration/;
    if (wish.DesiredInstanceCount === 0) return /must be greater than 0/;
    endpoint.next = { config: endpoint.config, count: wish.DesiredInstanceCount, bare: endpoint.bare };
    endpoint.good = true;
    endpoint.status = "Updating";
    return "accepted";
  });
  rule("DeleteEndpoint", ({ EndpointName: name = "" }) => {
    const endpoint = endpoints.get(name);
    if (endpoint === undefined) return GONE;
    if (unsettled(endpoint) === BUSY) return BUSY;
    if (of(name).length > 0) return /^Cannot delete endpoint with inference component associated/;
    endpoint.status = "Deleting";
    return "accepted";
  });
  rule("DescribeEndpoint", ({ EndpointName: name = "" }) => (endpoints.has(name) ? "accepted" : GONE));
  rule(
    "CreateInferenceComponent",
    ({ InferenceComponentName: name = "", EndpointName: host = "" }, { input }) => {
      const spec = input.Specification as { ModelName?: string; BaseInferenceComponentName?: string }; // As the walk makes it.
      const endpoint = endpoints.get(host);
      if (components.has(name)) return TAKEN;
      if (endpoint === undefined) return GONE;
      const refusal = unsettled(endpoint);
      if (refusal !== undefined) return refusal;
      const { ModelName: model, BaseInferenceComponentName: base } = spec;
      if (model !== undefined && !models.has(model)) return GONE;
      if (base !== undefined) {
        const found = components.get(base);
        if (found === undefined) return GONE;
        if (found.endpoint !== host || found.base !== undefined) return /is not a base inference component/;
        if (found.status !== "InService") return /is not in service\.$/;
      } else if (!endpoint.bare) return /which has a model of its own\.$/;
      const good = isSound(model);
      return done(components.set(name, { endpoint: host, base, status: "Creating", good, copies: 1 }));
    },
  );
  rule("UpdateInferenceComponentRuntimeConfig", ({ InferenceComponentName: name = "" }, { input }) => {
    const component = components.get(name);
    if (component === undefined) return GONE;
    if (component.status === "Failed") return DEAD;
    if (component.status !== "InService") return BUSY;
    const endpoint = endpoints.get(component.endpoint);
    const refusal = endpoint === undefined ? GONE : unsettled(endpoint);
    if (refusal !== undefined) return refusal;
    if (component.base !== undefined) return /is that of its base inference component\.$/;
    component.copies = (input.DesiredRuntimeConfig as { CopyCount: number }).CopyCount; // As the walk makes it.
    component.good = true;
    component.status = "Updating";
    return "accepted";
  });
  rule("DeleteInferenceComponent", ({ InferenceComponentName: name = "" }) => {
    const component = components.get(name);
    if (component === undefined) return GONE;
    if (component.status === "Deleting") return BUSY;
    const adapters = [...components.values()].filter(({ base }) => base === name);
    if (adapters.length > 0) return /is a base inference component for one or more associated /;
    component.status = "Deleting";
    return "accepted";
  });
  rule("DescribeInferenceComponent", ({ InferenceComponentName: name = "" }) =>
    components.has(name) ? "accepted" : GONE,
  );

  function follow(one: Endpoint | Component, seen: string, settled: boolean): string | undefined {
    const path = ahead(one.status, one.good, "next" in one);
    const last = path.at(-1);
    return (settled ? seen === last : path.includes(seen)) ? undefined : `${one.status} became ${seen}`;
  }

  return {
    /** How a call must end now; an accepted one has happened. */
    judge(call: Call): Verdict {
      const judge = rules.get(call.operation);
      if (judge === undefined) throw new Error(`the automaton has no rule for ${call.operation}`);
      return judge(call.input as Record<string, string>, call); // Names are strings; the rest a rule reads itself.
    },
    /** What is wrong with an endpoint as it is seen; `settled` where enough time passed for anything to end. */
    seeEndpoint(name: string, seen: Seen | undefined, settled: boolean): string[] {
      const known = endpoints.get(name);
      if (known === undefined) return seen === undefined ? [] : [`${name} exists`];
      const wrong = [follow(known, seen?.status ?? "Gone", settled)];
      const deploys = known.status === "Updating" && seen?.status === "InService" && known.good;
      if (seen === undefined) endpoints.delete(name);
      else endpoints.set(name, { ...known, ...(deploys ? known.next : {}), status: seen.status });
      return [...wrong, ...(seen === undefined ? [] : endpointBreaches(endpoints.get(name), seen))].flatMap(
        (breach) => (breach === undefined ? [] : [`${name}: ${breach}`]),
      );
    },
    /** The same for an inference component. */
    seeComponent(name: string, seen: Seen | undefined, settled: boolean): string[] {
      const known = components.get(name);
      if (known === undefined) return seen === undefined ? [] : [`${name} exists`];
      const wrong = follow(known, seen?.status ?? "Gone", settled);
      if (seen === undefined) components.delete(name);
      else known.status = seen.status;
      const uneven =
        seen?.status === "InService" && known.base === undefined && seen.current !== known.copies;
      return [
        ...(wrong === undefined ? [] : [`${name}: ${wrong}`]),
        ...(uneven ? [`${name}: ${seen.current} copies for ${known.copies}`] : []),
      ];
    },
    names: () => ({
      models: [...models].sort(),
      configs: [...configs.keys()].sort(),
      endpoints: [...endpoints.keys()].sort(),
      components: [...components.keys()].sort(),
    }),
  };
}

/** What holds of an endpoint in each state, whatever led to it. */
function endpointBreaches(known: Endpoint | undefined, seen: Seen): (string | undefined)[] {
  const { status, config, variants = 0, current, desired, failure } = seen;
  return [
    config === known?.config ? undefined : `runs ${config}, not ${known?.config}`,
    variants > 0 ? undefined : `${status} without variants`,
    status !== "InService" || (current === desired && current === known?.count)
      ? undefined
      : `in service with ${current} of ${desired}, not ${known?.count}`,
    status === "Creating" && current > 0 ? "serves while it is created" : undefined,
    status === "Deleting" && desired > 0 ? "strives for machines while it is deleted" : undefined,
    status === "Failed" && !failure ? "failed without a reason" : undefined,
    status === "Updating" && failure !== undefined ? "keeps an old reason through an update" : undefined,
  ];
}

function variantIn({ input }: Call): { model: string | undefined; count: number } {
  const [variant] = input.ProductionVariants as { ModelName?: string; InitialInstanceCount: number }[]; // As the walk makes it.
  return { model: variant?.ModelName, count: variant?.InitialInstanceCount ?? 0 };
}

// Sets and maps answer themselves when they take something in.
function done(_changed: unknown): Verdict {
  return "accepted";
}
