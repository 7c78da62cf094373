/** Maps in order, with up to `ahead` calls under way at once. The first failure ends it. */
export async function* mapAhead<T, R>(
  items: readonly T[],
  ahead: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  try {
    for (const item of items) {
      underWay.push(map(item));
      if (underWay.length >= ahead) yield await (underWay.shift() as Promise<R>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<R>);
  } finally {
    // Nobody waits for these any more; their failures are not news.
    for (const promise of underWay) promise.catch(() => undefined);
  }
}
