// What planning costs: 100 tasks, 10 calendars and two weeks, in requests and milliseconds, on the sandbox. Writes
// docs/images/plan.svg, a picture of the first week. `node --conditions=@context-sdk/source bench/src/planning.ts`.
import { writeFileSync } from 'node:fs';
import {
  createContext,
  memoryRateLimiter,
  memoryStore,
  type Plan,
  type PlanTask,
  type User,
} from '@context-sdk/context';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { drawPlan } from './planning/draw-plan.ts';

const CALENDARS = 10;
const TASKS = 100;
const DAY_MS = 24 * 3_600_000;
const OFFICE = [['09:00', '17:30']] as const;
const HOURS = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE };

/** The next Monday at midnight in UTC, so that nothing is over. */
function nextMonday(): number {
  const today = new Date();
  today.setUTCHours(0, 0, 0, 0);
  return today.getTime() + ((8 - today.getUTCDay()) % 7 || 7) * DAY_MS;
}

async function connectedUser(sandbox: Sandbox): Promise<User> {
  const { clientId, clientSecret } = sandbox.google.app;
  const context = createContext({
    store: memoryStore(),
    rateLimiter: memoryRateLimiter(),
    baseUrl: 'https://host.example',
    providers: { google: { clientId, clientSecret } },
    fetch: (input, init) => sandbox.fetch(input, init),
  });
  const user = context.user('ada');
  const scopes = ['openid', 'email', 'https://www.googleapis.com/auth/calendar'];
  const obtainedAt = Date.now();
  const tokens = {
    ...sandbox.google.issueToken({ scopes }),
    obtainedAt,
    expiresAt: obtainedAt + 3_599_000,
    scopes,
  };
  await user.connections.import('google', tokens);
  return user;
}

/** Four meetings a day, in turn in all calendars. */
function fillCalendars(sandbox: Sandbox, monday: number): void {
  const phone = sandbox.google.testUser().calendar;
  const ids = ['primary'];
  while (ids.length < CALENDARS)
    ids.push(phone.addCalendar({ summary: `Calendar ${ids.length}`, timeZone: 'UTC' }).id);
  for (let index = 0; index < 40; index += 1) {
    const day = monday + Math.floor(index / 4) * DAY_MS + (index >= 20 ? 2 * DAY_MS : 0);
    const start = day + (9 + (index % 4) * 2) * 3_600_000 + (index % 3) * 900_000;
    const times = {
      start: { dateTime: new Date(start).toISOString() },
      end: { dateTime: new Date(start + 2_700_000).toISOString() },
    };
    phone.addEvent({ summary: 'Meeting', ...times }, ids[index % CALENDARS]);
  }
}

function tasks(monday: number): PlanTask[] {
  return Array.from({ length: TASKS }, (_, index) => ({
    id: `task-${index}`,
    projectId: 'p1',
    title: `Task ${index}`,
    priority: [0, 1, 3, 5][index % 4] ?? 0,
    durationMinutes: 15 + (index % 3) * 10,
    minPieceMinutes: 15,
    ...(index % 3 === 0 && { due: new Date(monday + (1 + (index % 11)) * DAY_MS) }),
  }));
}

async function measured<T>(sandbox: Sandbox, name: string, work: () => Promise<T>): Promise<T> {
  sandbox.clearRequests();
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const ms = Math.round(performance.now() - began);
  const { user, system } = process.cpuUsage(before);
  // The processor's time is that of the sandbox, too, and depends less on what else the machine does.
  const cpuMs = Math.round((user + system) / 1000);
  const requests = String(sandbox.requests.length).padStart(4);
  console.log(
    `${name.padEnd(28)} ${requests} requests ${String(ms).padStart(6)} ms ${String(cpuMs).padStart(6)} ms CPU`,
  );
  return result;
}

const sandbox = createSandbox({ seed: 'empty' });
const user = await connectedUser(sandbox);
const monday = nextMonday();
fillCalendars(sandbox, monday);
const within = { from: new Date(monday), to: new Date(monday + 14 * DAY_MS) };
const options = {
  tasks: tasks(monday),
  within,
  workingHours: HOURS,
  timeZone: 'UTC',
  lunch: ['12:00', '13:00'],
} as const;

// What is loaded on first use is not what planning costs.
await user.plan({ ...options, tasks: options.tasks.slice(0, 1) });
const plan: Plan = await measured(sandbox, 'plan', () => user.plan(options));
await measured(sandbox, 'apply', () => user.apply(plan));
const again = await measured(sandbox, 'plan again, nothing new', () => user.plan(options));
await measured(sandbox, 'apply, nothing new', () => user.apply(again));
const [first] = plan.pieces;
const busy = { start: { dateTime: first?.start ?? '' }, end: { dateTime: first?.end ?? '' } };
sandbox.google.testUser().calendar.addEvent({ summary: 'A meeting lands on it', ...busy });
const next = await measured(sandbox, 'replan after a meeting', () => user.replan(plan));
await measured(sandbox, 'apply', () => user.apply(next));
const moved = next.pieces.filter(({ action }) => action !== 'keep').length;
console.log(
  `${plan.pieces.length} pieces, ${plan.late.length} late, ${plan.unplaced.length} without a place; ${moved} moved`,
);

const { items } = await user.agenda({ ...within, timeZone: 'UTC' });
const events = items.flatMap((item) =>
  item.kind === 'event' && item.start && item.end ? [{ start: item.start, end: item.end }] : [],
);
writeFileSync(new URL('../../docs/images/plan.svg', import.meta.url), drawPlan(plan, events, monday));
