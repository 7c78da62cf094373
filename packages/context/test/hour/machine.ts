// One machine of the host, for an-hour.soak.ts: its clock goes on when it is told to, and its services answer from the process that
// started it.
import { type Context, type ContextOptions, createContext } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { memoryStore, type TokenSet } from '@context-sdk/oauth-core';
import { collectedHeap } from '@context-sdk/test-support/heap';
import { SteppedClock } from './stepped-clock.ts';

/** What a machine is told. */
export type Order =
  | { do: 'start'; now: number; database: string; providers: ContextOptions['providers']; spare: Spare }
  | { do: 'tick'; now: number }
  | { do: 'answer'; id: number; answer: Answer }
  | { do: 'deliver'; id: number; url: string; headers: Record<string, string>; body: string }
  | { do: 'measure' };

/** How a service answers: after a time, or never. */
export type Answer =
  | { latencyMs: number; status: number; headers: [string, string][]; body: string }
  | { hangs: 'before' | 'half-way' };

/** Credentials of accounts that no user has, to load whatever is loaded on first use. */
export interface Spare {
  ticktick: string;
  google: TokenSet;
  azureDevOps: { organizationUrl: string; token: string };
}

/** What a machine keeps. */
export interface Measure {
  /** Bytes after a collection. */
  heap: number;
  /** Whom it has asked a service for so far, by their tokens. */
  accounts: number;
}

/** What a machine says. */
export type Saying =
  | { say: 'ready' | 'ticked' }
  | { say: 'ask'; id: number; url: string; method: string; headers: [string, string][]; body: string }
  | { say: 'told'; event: { source: string; type: string; subject: string } }
  | { say: 'delivered'; id: number; status: number }
  | { say: 'failed'; error: string }
  | ({ say: 'measured' } & Measure);

const HANDLING_MS = 20;
/** A place does some five polls a second: four would be busy four fifths of the time with a third of 5,000 users. */
const PLACES = 16;
const say = (saying: Saying): void => void process.send?.(saying);
const asked = new Map<number, (answer: Answer) => void>();
const accounts = new Set<string>();
let lastId = 0;
let clock: SteppedClock | undefined;
let handler: ReturnType<Context['createHandler']> | undefined;

async function viaParent(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  accounts.add(request.headers.get('authorization') ?? '');
  const reading = request.text();
  const body = await (clock?.during(reading) ?? reading);
  const id = (lastId += 1);
  const { promise: asking, resolve } = Promise.withResolvers<Answer>();
  asked.set(id, resolve);
  say({ say: 'ask', id, url: request.url, method: request.method, headers: [...request.headers], body });
  const answer = await (clock?.during(asking) ?? asking);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const { signal } = request;
  signal.addEventListener('abort', () => reject(signal.reason as Error));
  if (signal.aborted) reject(signal.reason as Error);
  if ('hangs' in answer) return await hanging(answer.hangs, aborted);
  await Promise.race([new Promise((done) => setTimeout(done, answer.latencyMs)), aborted]);
  const { status, headers } = answer;
  return new Response(answer.body === '' ? null : answer.body, { status, headers });
}

async function hanging(where: 'before' | 'half-way', aborted: Promise<never>): Promise<Response> {
  if (where === 'before') return await aborted;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('[{"id":"1'));
      aborted.catch((error: unknown) => controller.error(error));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** In real time, on a store of its own. */
async function loadAll(providers: ContextOptions['providers'], spare: Spare): Promise<void> {
  const context = createContext({
    store: memoryStore(),
    baseUrl: 'http://localhost:8000',
    providers,
    fetch: viaParent,
    onEvent: () => undefined,
  });
  const { connections } = context.user('spare');
  await connections.connect('ticktick', { token: spare.ticktick });
  await connections.import('google', spare.google);
  await connections.connect('azure-devops', spare.azureDevOps);
  for (let pass = 0; pass < 2; pass += 1) await context.runMaintenance({ pollEveryMs: 1 });
}

async function start({ now, database, providers, spare }: Order & { do: 'start' }): Promise<void> {
  await loadAll(providers, spare);
  clock = new SteppedClock(now);
  clock.install();
  const context = createContext({
    store: sqliteStore(database),
    baseUrl: 'https://host.example',
    providers,
    fetch: viaParent,
    async onEvent({ source, type, userId = '', data }) {
      // Each account of the other services changes once.
      const subject = source === 'ticktick' ? String((data as { id?: string }).id) : userId;
      say({ say: 'told', event: { source, type, subject } });
      await new Promise((done) => setTimeout(done, HANDLING_MS));
    },
  });
  handler = context.createHandler({ getUserId: () => undefined });
  context.startMaintenance({
    concurrency: PLACES,
    onError: (error) => say({ say: 'failed', error: String(error) }),
    onStep: ({ report }) => {
      for (const { service, error } of report.failures)
        say({ say: 'failed', error: `${service}: ${error.code}` });
    },
  });
  say({ say: 'ready' });
}

async function obey(order: Order): Promise<void> {
  if (order.do === 'start') await start(order);
  else if (order.do === 'tick') {
    await clock?.advanceTo(order.now);
    say({ say: 'ticked' });
  } else if (order.do === 'answer') {
    asked.get(order.id)?.(order.answer);
    asked.delete(order.id);
  } else if (order.do === 'deliver') {
    const { id, url, headers, body } = order;
    const response = await handler?.(new Request(url, { method: 'POST', headers, body }));
    say({ say: 'delivered', id, status: response?.status ?? 503 });
  } else {
    say({ say: 'measured', heap: await collectedHeap(), accounts: accounts.size });
  }
}

process.on('message', (order) => void obey(order as Order));
process.on('disconnect', () => process.exit());
