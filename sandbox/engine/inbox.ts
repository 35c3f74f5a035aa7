/** A queue between a sender that does not wait and one reader. */
export type Inbox<Item> = { push(item: Item): void; close(): void; read(): AsyncGenerator<Item> };

/** An empty inbox; reading ends when it is closed and empty. */
export function createInbox<Item>(): Inbox<Item> {
  const items: Item[] = [];
  let closed = false;
  let wake: (() => void) | undefined;
  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    close() {
      closed = true;
      wake?.();
    },
    async *read() {
      for (;;) {
        // Everything that was pushed is read before the end is seen.
        const item = items.shift();
        if (item !== undefined) {
          yield item;
        } else if (closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
