import { expect, vi } from 'vitest';

/** For a machine so busy that processes take a minute to begin. */
const PATIENCE_MS = 120_000;

/** Waits for what has to happen, however busy the machine is. */
export function until(isTrue: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(isTrue()).toBe(true), { timeout: PATIENCE_MS });
}
