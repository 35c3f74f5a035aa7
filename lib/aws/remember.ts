import "server-only";

/**
 * A bounded memory of answers that cannot change: the oldest entry leaves when it is full. Only a success is
 * kept, and of those only what `lasts`; whoever asks while one is under way shares it.
 */
export function remember<Value>(
  limit: number,
  lasts: (value: Value) => boolean = () => true,
): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key, read) => {
    const found = known.get(key);
    if (found) return found;
    const promise = read();
    known.set(key, promise);
    const forget = () => known.delete(key);
    promise.then((value) => lasts(value) || forget(), forget);
    const oldest = known.keys().next();
    if (known.size > limit && !oldest.done) known.delete(oldest.value);
    return promise;
  };
}
