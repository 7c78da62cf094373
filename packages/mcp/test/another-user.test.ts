import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { browserSessions, memoryStore } from '@context-sdk/context';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Entrance } from '../src/pages/entrance.ts';
import { type Loopback, openLoopback } from '../src/pages/loopback.ts';
import { usersInTable } from '../src/pages/peer-user.ts';
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

/** What a script of another user writes. */
async function asNobody(script: string): Promise<string> {
  // Where Node lies, nobody but root may be allowed to look.
  const { stdout } = await promisify(execFile)('/proc/self/exe', ['-e', script], {
    uid: NOBODY,
    gid: NOBODY,
    env: {},
    cwd: '/',
  });
  return stdout.trim();
}

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
    expect(await asNobody(script)).toBe('403');
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
  // Whoever has said all, and waits for the response, is connected still.
  '   3: 0100007F:C352 0100007F:1F90 05 00000000:00000000 00:00000000 00000000  1001        0 4876 1 0 20 4 30 10 -1',
  // Another address of this machine, with the port that a browser has: which of them is asked about can't be seen by the ports.
  '   4: 0200007F:C353 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 4877 1 0 20 4 30 10 -1',
  '   5: 0100007F:C353 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 4878 1 0 20 4 30 10 -1',
].join('\n');

test.each([
  [50_000, 8080, [1001]],
  [8080, 50_000, [1000]],
  [50_002, 8080, [1001]],
  [50_003, 8080, [1001, 1000]],
  [1, 8080, []],
])('the users of sockets from port %d to port %d are %j', (remotePort, localPort, uids) => {
  expect(usersInTable(TABLE, { remotePort, localPort })).toEqual(uids);
  expect(usersInTable('', { remotePort, localPort })).toEqual([]);
});
