import { fuzzPages } from '@context-sdk/test-support/page-fuzz';
import { vi } from 'vitest';
import { browser, type ServerProcess } from './start-process.ts';

const PATHS = ['/', '/approve', '/refuse', '/undo', '/open', '/none'];
const ROUTES = [
  '/auth/google/authorize',
  '/auth/google/replace',
  '/auth/ticktick/callback',
  '/webhooks/google/calendar',
  '/webhooks/azure-devops',
];
const WRITES = 5;

/** A browser that was let in, what it can approve and undo, and what is thrown at its pages. */
export async function fuzzOwnPages(
  server: ServerProcess,
  origin: string,
  options: { numRuns: number; seed: number },
): Promise<void> {
  for (let write = 0; write < WRITES; write += 1) {
    await server.call('create_task', { title: `For a moment ${write}` });
    const draft = await server.call('draft_mail', { to: ['a@example.com'], subject: `${write}`, text: 'x' });
    await server.call('send_draft', { draft: /\bd\d+\b/.exec(draft)?.[0] });
  }
  const before = server.said().length;
  await browser(origin)('/open', {});
  const url = await vi.waitFor(() => {
    const [, said] = /Open (\S+)/.exec(server.said().slice(before)) ?? [];
    if (said === undefined) throw new Error('No address was said.');
    return said;
  });
  const opened = await fetch(url, { redirect: 'manual' });
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await (await fetch(origin, { headers: { cookie } })).text();
  const values = [...page.matchAll(/name="(?:token|action)" value="([^"]+)"/g)].map(
    ([, value = '']) => value,
  );
  if (values.length < WRITES) throw new Error('Nothing waits on the page.');
  // Whoever has such a key is let in: it is told to the person alone.
  const keys = (): string[] => [...server.said().matchAll(/key=(\S+)/g)].map(([, key = '']) => key);
  const paths = [...PATHS, ...PATHS, ...ROUTES];
  const fields = ['token', 'action', 'key', 'state'];
  await fuzzPages({ ...options, origin, cookie, paths, fields, values, secrets: keys });
  // It goes on.
  if ((await browser(origin)('/')).status !== 403) throw new Error('The pages are gone.');
}
