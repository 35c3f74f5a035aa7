// Functions that run in the page: each stands alone, since only its own text is sent there.

declare global {
  var sagescopeStopWatching: (() => Watch) | undefined;
  var sagescopeStopTiming: (() => number[]) | undefined;
}

/** What a stretch of time was like for somebody who looks at the page. Times in ms. */
export type Watch = {
  frames: number[];
  longestTask: number;
  slowestInteraction: number;
  /** Tokens whose colour was looked at again later, and how often it had changed. */
  looks: number;
  changes: number;
};

/** Begins to watch frames, long tasks, interactions and the colours of drawn tokens. */
export function startWatching(): void {
  const watch: Watch = { frames: [], longestTask: 0, slowestInteraction: 0, looks: 0, changes: 0 };
  const colours = new Map<HTMLElement, string>();
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.longestTask = Math.max(watch.longestTask, duration);
  });
  const interactions = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      watch.slowestInteraction = Math.max(watch.slowestInteraction, duration);
    }
  });
  tasks.observe({ type: "longtask" });
  const eventTiming: PerformanceObserverInit & { durationThreshold: number } = {
    type: "event",
    durationThreshold: 16,
  };
  interactions.observe(eventTiming);
  let last = performance.now();
  let frame = requestAnimationFrame(function step(now) {
    watch.frames.push(now - last);
    last = now;
    frame = requestAnimationFrame(step);
  });
  const looking = setInterval(() => {
    for (const [token, colour] of colours) {
      watch.looks += 1;
      if (getComputedStyle(token).backgroundColor !== colour) watch.changes += 1;
    }
    const drawn = document.querySelectorAll<HTMLElement>("#answer-text .token");
    for (let pick = 0; pick < 5 && colours.size < 50 && drawn.length > 0; pick += 1) {
      const token = drawn[Math.floor((drawn.length - 1) * (pick / 4))];
      if (token && !colours.has(token)) colours.set(token, getComputedStyle(token).backgroundColor);
    }
  }, 1_000);
  globalThis.sagescopeStopWatching = () => {
    cancelAnimationFrame(frame);
    clearInterval(looking);
    tasks.disconnect();
    interactions.disconnect();
    return watch;
  };
}

/** Ends the watch that `startWatching` began. */
export function stopWatching(): Watch {
  const stop = globalThis.sagescopeStopWatching;
  if (stop === undefined) throw new Error("nothing was watched");
  return stop();
}

/** Ms from setting an attribute to the frame that shows it. */
export function timeAttribute({
  selector,
  name,
  value,
}: Record<"selector" | "name" | "value", string>): Promise<number> {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`${selector} is not there`);
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      // Begun with a frame, so that waiting for one is not part of it.
      const began = performance.now();
      element.setAttribute(name, value);
      element.getBoundingClientRect();
      const shown = new MessageChannel();
      shown.port1.onmessage = () => resolve(performance.now() - began);
      requestAnimationFrame(() => shown.port2.postMessage(null));
      shown.port1.start();
    });
  });
}

/** Begins to time keys: ms from each key's event to the end of the frame that shows it. */
export function startTiming(): void {
  const times: number[] = [];
  const onKey = (event: KeyboardEvent) => {
    const shown = new MessageChannel();
    shown.port1.onmessage = () => times.push(performance.now() - event.timeStamp);
    requestAnimationFrame(() => shown.port2.postMessage(null));
    shown.port1.start();
  };
  addEventListener("keydown", onKey, { capture: true });
  globalThis.sagescopeStopTiming = () => {
    removeEventListener("keydown", onKey, { capture: true });
    return times;
  };
}

/** Ends what `startTiming` began. */
export function stopTiming(): number[] {
  const stop = globalThis.sagescopeStopTiming;
  if (stop === undefined) throw new Error("no key was timed");
  return stop();
}
