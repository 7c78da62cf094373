import lighthouse, { desktopConfig } from 'lighthouse';

export type Form = 'phone' | 'desktop';

interface Result {
  categories: Record<string, { score: number | null }>;
}

/** A busy machine costs points: the middle of so many runs counts. */
const RUNS = 3;

async function scoresOf(url: string, form: Form, port: number): Promise<Record<string, number>> {
  const flags = { port, disableStorageReset: true, logLevel: 'error' } as const;
  const run: { lhr: Result } | undefined = await lighthouse(
    url,
    flags,
    form === 'desktop' ? desktopConfig : undefined,
  );
  if (run === undefined) throw new Error('Lighthouse gave no result.');
  const scores = Object.entries(run.lhr.categories).map(([category, { score }]) => [
    category,
    Math.round((score ?? 0) * 100),
  ]);
  return Object.fromEntries(scores) as Record<string, number>;
}

/** Lighthouse's score of a page in each of its categories, 0 to 100; `port` is that of a browser's debugging protocol. */
export async function medians(url: string, form: Form, port: number): Promise<Record<string, number>> {
  const runs: Record<string, number>[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await scoresOf(url, form, port));
  const middle = (category: string): number =>
    runs.map((scores) => scores[category] ?? 0).toSorted((one, other) => one - other)[(RUNS - 1) / 2] ?? 0;
  return Object.fromEntries(Object.keys(runs[0] ?? {}).map((category) => [category, middle(category)]));
}
