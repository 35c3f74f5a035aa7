/** Where a line of a container belongs: AWS keeps one log stream for each variant's machine. */
export type LogPlace = { readonly region: string; readonly endpoint: string; readonly variant: string };

/** Takes a line that a container wrote; the sandbox's own log today. */
export type LogLine = (place: LogPlace, line: string) => void;
