/** Dispatches that note when they start, on the clock of `performance.now`. */
export interface Recorder {
  readonly starts: { name: string; at: number }[];
  /** The names in the order of their starts. */
  names(): string[];
  dispatch(name: string): () => Promise<string>;
}

export function recorder(): Recorder {
  const begin = performance.now();
  const starts: Recorder['starts'] = [];
  return {
    starts,
    names: () => starts.map(({ name }) => name),
    dispatch: (name) => async () => {
      starts.push({ name, at: performance.now() - begin });
      return name;
    },
  };
}
