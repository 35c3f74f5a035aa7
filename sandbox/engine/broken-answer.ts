/** The connection to a container broke after its answer had begun. */
export class BrokenAnswer extends Error {}
