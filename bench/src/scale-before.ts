// The same figures of this tree and of an earlier commit (COMMIT, default 81519ef), which is checked out beside it for the time
// of the run, with this tree's installed packages. USERS (default 2,000) and REDIS_URL can be set.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from './report.ts';

const { COMMIT = '81519ef', USERS = '2000' } = process.env;
const root = join(import.meta.dirname, '..', '..');
const SCRIPT = join('bench', 'src', 'scale', 'portable.ts');
const DELIVERY_HOST = join('bench', 'src', 'scale', 'delivery-host.ts');
const DELIVERY_SENDER = join('bench', 'src', 'scale', 'delivery-sender.ts');
const CALL_COST = join('bench', 'src', 'scale', 'call-cost.ts');

interface Figures {
  inMemory: { ms: number; operations: number };
  onRedis: { ms: number; operations: number };
  bytesPerTask: number;
  agendaRequests: number;
  /** Of one delivery, and of a request that nothing is done for. */
  deliveryCpu: { handled: number; bare: number };
  /** Of `tasks.get`, and of ky for the same. */
  callCpu: { ours: number; ky: number };
}

/** `condition`: what the tree calls its packages' sources. */
function figuresOf(tree: string, condition: string, ...args: string[]): Figures {
  const answerOf = (...rest: string[]): unknown =>
    JSON.parse(
      execFileSync(process.execPath, [`--conditions=${condition}`, ...rest], { cwd: tree, encoding: 'utf8' }),
    );
  const deliveryCpu = { handled: answerOf(DELIVERY_HOST), bare: answerOf(DELIVERY_HOST, 'bare') };
  return {
    ...(answerOf(SCRIPT, USERS, ...args) as Figures),
    deliveryCpu: deliveryCpu as Figures['deliveryCpu'],
    callCpu: answerOf(CALL_COST) as Figures['callCpu'],
  };
}

function figuresOfCommit(): Figures {
  const tree = join(mkdtempSync(join(tmpdir(), 'scale-before-')), 'tree');
  try {
    execFileSync('git', ['worktree', 'add', '--detach', tree, COMMIT], { cwd: root, stdio: 'ignore' });
    const installed = { recursive: true, verbatimSymlinks: true };
    cpSync(join(root, 'node_modules'), join(tree, 'node_modules'), installed);
    for (const script of [SCRIPT, DELIVERY_HOST, DELIVERY_SENDER, CALL_COST])
      cpSync(join(root, script), join(tree, script));
    return figuresOf(tree, COMMIT === '81519ef' ? 'source' : '@context-sdk/source');
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', tree], { cwd: root, stdio: 'ignore' });
    rmSync(join(tree, '..'), { recursive: true, force: true });
  }
}

const before = figuresOfCommit();
const after = figuresOf(root, '@context-sdk/source', 'fresh');
for (const [
  when,
  { inMemory, onRedis, bytesPerTask, agendaRequests, deliveryCpu, callCpu },
] of Object.entries({
  [COMMIT]: before,
  now: after,
}))
  report(`${when}: ${USERS} users of TickTick`, [
    { what: 'a pass where nothing is due, in memory', value: inMemory.ms, unit: 'ms', digits: 1 },
    { what: 'its store operations', value: inMemory.operations, digits: 0 },
    { what: 'the same on Redis', value: onRedis.ms, unit: 'ms', digits: 1 },
    { what: 'its store operations', value: onRedis.operations, digits: 0 },
    { what: 'read for each task by a poll without changes', value: bytesPerTask, unit: 'B', digits: 1 },
    { what: 'requests of an agenda after a poll, 230 tasks', value: agendaRequests, digits: 0 },
    {
      what: 'CPU of a delivery over HTTP, on Redis, 64 at once',
      value: deliveryCpu.handled,
      unit: 'µs',
      digits: 0,
    },
    { what: 'CPU of a bare request', value: deliveryCpu.bare, unit: 'µs', digits: 0 },
    { what: 'CPU of tasks.get, answered at once', value: callCpu.ours, unit: 'µs', digits: 1 },
    { what: 'CPU of ky for the same', value: callCpu.ky, unit: 'µs', digits: 1 },
  ]);
