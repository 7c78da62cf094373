/** Calls a function of the host that only watches. What it throws, or rejects with, is ignored. */
export function tellListener<T>(listener: ((value: T) => unknown) | null | undefined, value: T): void {
  if (listener) void (async () => listener(value))().catch(() => undefined);
}
