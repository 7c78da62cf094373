import { expect, test } from 'vitest';
import { sendFile } from './bad-line.ts';

test('20.resumable: 24 MB over a line that is cut three times arrive once, byte by byte', async () => {
  const cuts = new Map<number, 'half' | 'answer'>([
    [3, 'half'],
    [7, 'answer'],
    [11, 'half'],
  ]);
  const sent = await sendFile(24_000_000, (piece) => cuts.get(piece));
  expect(sent.ids).toEqual([sent.id]);
  expect(sent.isWhole).toBe(true);
  expect(sent.progress.at(-1)).toBeGreaterThan(32_000_000);
}, 300_000);
