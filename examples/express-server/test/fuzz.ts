import { join } from 'node:path';
import { browserSessions } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { contextTools } from '@context-sdk/context/tools';
import { fuzzPages } from '@context-sdk/test-support/page-fuzz';
import type { RunningApp } from './support.ts';

const PATHS = ['/assistant', '/assistant/approve', '/assistant/refuse', '/assistant/undo'];
const OTHERS = [
  '/plan/apply',
  '/plan/drop',
  '/actions/none',
  '/auth/google/authorize',
  '/auth/google/replace',
];
const WRITES = 5;

/** A user who is signed in and has something to approve and to undo, and what is thrown at the pages. */
export async function fuzzApp(app: RunningApp, options: { numRuns: number; seed: number }): Promise<void> {
  const user = app.context.user(`fuzz-${options.seed}`);
  await user.connections.connect('ticktick', { token: app.sandbox?.ticktick.issueApiToken() ?? '' });
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const careful = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
  for (let write = 0; write < WRITES; write += 1) {
    await tools['create_task']?.execute({ title: `done ${write}` });
    await careful['create_task']?.execute({ title: `waits ${write}` });
  }
  const pending = await app.context.actions.pending(user.id);
  const done = await app.context.actions.list(user.id);
  const values = [...pending.map(({ token }) => token), ...done.map(({ id }) => id)];
  const store = sqliteStore(join(app.folder, 'context.sqlite'));
  const sessions = browserSessions({ store, baseUrl: app.url });
  const cookie = (await sessions.begin(user.id)).split(';')[0] ?? '';
  const { ticktick, google, azureDevOps } = app.sandbox ?? {};
  const secrets = [ticktick, google, azureDevOps].flatMap((service) => service?.app.clientSecret ?? []);
  const paths = [...PATHS, ...PATHS, ...OTHERS];
  const fields = ['token', 'action', 'planId', 'returnTo', 'state', 'decision'];
  const { url: origin } = app;
  await fuzzPages({ ...options, origin, cookie, paths, fields, values, secrets: () => secrets });
}
