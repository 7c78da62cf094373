import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fuzzApp } from './fuzz.ts';
import { type RunningApp, startApp } from './support.ts';

let app: RunningApp;
beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  app = await startApp();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await app.stop();
});

test('16: no page of the application breaks or shows a secret, whatever it is sent', async () => {
  await fuzzApp(app, { numRuns: 150, seed: 16 });
  expect((await fetch(app.url)).status).toBe(200);
});
