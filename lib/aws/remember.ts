import "server-only";

/**
 * A bounded memory of answers that cannot change: the oldest entry leaves when it is full. Only a success is
 * kept; whoever asks while one is under way shares it.
 */
export function remember<Value>(limit: number): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key, read) => {
    const found = known.get(key);
    if (found) return found;
    const promise = read();
    known.set(key, promise);
    promise.catch(() => known.delete(key));
    const oldest = known.keys().next();
    if (known.size > limit && !oldest.done) known.delete(oldest.value);
    return promise;
  };
}
