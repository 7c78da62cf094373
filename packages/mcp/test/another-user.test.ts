import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { browserSessions, memoryStore } from '@context-sdk/context';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Entrance } from '../src/pages/entrance.ts';
import { type Loopback, openLoopback } from '../src/pages/loopback.ts';
import { userInTable } from '../src/pages/peer-user.ts';
import { respond } from '../src/pages/routes.ts';
import { sandboxedContext } from '../src/setup/sandboxed.ts';

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const NOBODY = 65_534;

let loopback: Loopback;
let entrance: Entrance;

beforeEach(async () => {
  loopback = await openLoopback(0);
  const { context } = await sandboxedContext(loopback.origin, 'me');
  const store = memoryStore();
  const sessions = browserSessions({ store, baseUrl: loopback.origin });
  entrance = new Entrance(store);
  const parts = { context, userId: 'me', sessions, entrance, open: async () => undefined };
  loopback.serve(
    (_request, _response, next) => next?.(),
    (request) => respond(parts, request),
  );
});
afterEach(() => loopback.close());

test('25.mcp: the address that opens a browser lets this user in', async () => {
  const key = await entrance.invite();
  const opened = await fetch(`${loopback.origin}/open?key=${key}`, { redirect: 'manual' });
  expect(opened.status).toBe(303);
});

test.skipIf(!isRoot)(
  '25.mcp: another user of the machine, who sees it among the arguments of the browser, is not let in, and the key stays good',
  async () => {
    const key = await entrance.invite();
    const url = `${loopback.origin}/open?key=${key}`;
    const script = `fetch(${JSON.stringify(url)}, { redirect: 'manual' }).then((r) => console.log(r.status))`;
    // Where Node lies, nobody but root may be allowed to look.
    const { stdout } = await promisify(execFile)('/proc/self/exe', ['-e', script], {
      uid: NOBODY,
      gid: NOBODY,
      env: {},
      cwd: '/',
    });
    expect(stdout.trim()).toBe('403');
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
  },
);

const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const TABLE = [
  HEADER,
  '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4873 1 0 100 0 0 10 0',
  '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4874 1 0 20 4 30 10 -1',
  '   2: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 4875 1 0 20 4 30 10 -1',
  '   3: 0100007F:C351 0100007F:1F90 06 00000000:00000000 00:00000000 00000000     0        0 0 3 0',
].join('\n');

test.each([
  [50_000, 8080, 1001],
  [8080, 50_000, 1000],
  [50_001, 8080, undefined],
  [1, 8080, undefined],
])('the user of the socket from port %d to port %d is %s', (remotePort, localPort, uid) => {
  expect(userInTable(TABLE, { remotePort, localPort })).toBe(uid);
  expect(userInTable('', { remotePort, localPort })).toBe(undefined);
});
