/** A long list that arrives page by page: `for await` over it, or take it whole. */
export interface Listing<T> extends AsyncIterable<T> {
  /** Reads to the end. */
  toArray(): Promise<T[]>;
}

/** A listing over what `iterate` yields; every iteration starts anew. */
export function listing<T>(iterate: () => AsyncIterable<T>): Listing<T> {
  return {
    [Symbol.asyncIterator]: () => iterate()[Symbol.asyncIterator](),
    async toArray() {
      const items: T[] = [];
      for await (const item of iterate()) items.push(item);
      return items;
    },
  };
}
