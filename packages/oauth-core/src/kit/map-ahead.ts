/** Maps in order, with up to `ahead` calls under way at once. The first failure ends it. */
export async function* mapAhead<T, R>(
  items: readonly T[],
  ahead: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  for (const item of items) {
    const mapped = map(item);
    // It may fail before anybody gets to it, or when nobody will any more.
    mapped.catch(() => undefined);
    underWay.push(mapped);
    if (underWay.length >= ahead) yield await (underWay.shift() as Promise<R>);
  }
  while (underWay.length > 0) yield await (underWay.shift() as Promise<R>);
}
