import { delay } from '../delay.ts';

const PROMPT_MS = 1000;

/**
 * What a store answers within a second; undefined where it fails or takes longer, for those who know something that they
 * can go on with.
 */
export async function promptly<T>(answer: Promise<T>): Promise<{ value: T } | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([
      answer.then((value) => ({ value })),
      delay(PROMPT_MS, over.signal).then(() => undefined),
    ]);
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}
