/** The trees there are: two figures of 2024, and today's text. Apart from the trees, which bring 30 kB of JSON. */
export const ERA_IDS = ["lmi-march-2024", "lmi-0.26-0.27-april-2024", "lmi-v15-v28-current"] as const;
export type EraId = (typeof ERA_IDS)[number];
