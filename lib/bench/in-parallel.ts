/** Does some work so many times, with so many of them under way at once; `index` counts from one. */
export async function inParallel(
  workers: number,
  times: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  async function run() {
    while (next < times) {
      next += 1;
      await work(next);
    }
  }
  await Promise.all(Array.from({ length: workers }, run));
}
