import type { FaultWindow } from '../engine/backend.ts';
import { Random } from '../engine/random.ts';
import type { SimProcess } from '../engine/sim-process.ts';
import type { AuthorizationServer, Redemption, ServerAnswer } from './authorization-server.ts';

/** What can go wrong with a token request. */
export type ServerFaultMode =
  '503' | '429' | '500' | '504' | 'lost' | 'hang' | 'slow' | 'refused' | 'reset' | 'never' | 'late';

export const SERVER_FAULTS: readonly ServerFaultMode[] = [
  ...(['503', '429', '500', '504'] as const),
  ...(['lost', 'hang', 'slow', 'refused', 'reset', 'never', 'late'] as const),
];

export interface Network {
  readonly server: AuthorizationServer;
  faults: FaultWindow<ServerFaultMode>[];
  onSend: (token: string, by: SimProcess) => void;
}

interface Exchange {
  readonly token: string;
  readonly isRevocation: boolean;
  readonly mode: ServerFaultMode | undefined;
  readonly random: Random;
}

function turnedAway(mode: ServerFaultMode | undefined): ServerAnswer | undefined {
  if (mode !== '503' && mode !== '429' && mode !== '500') return undefined;
  const headers = mode === '429' ? { 'retry-after': '3' } : {};
  return { status: Number(mode), body: { error: 'temporarily_unavailable' }, headers };
}

function failedFetch(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** The server's side of one request. Nothing comes back where it was handled but its answer is lost. */
function handle(
  { server }: Network,
  { token, isRevocation, mode }: Exchange,
  by: SimProcess,
  isLate: boolean,
): { answer: ServerAnswer | 'lost' | 'never'; redemption?: Redemption } {
  const refusal = turnedAway(mode);
  if (refusal !== undefined) return { answer: refusal };
  if (isRevocation) server.revoke(token);
  const redeemed = isRevocation ? { answer: { status: 200, body: {} } } : server.redeem(token, by, isLate);
  server.world.log(
    'AS',
    `${isRevocation ? 'revoke' : 'refresh'} ${token} by ${by.name}: ${JSON.stringify(redeemed.answer.body)}`,
  );
  if (mode === 'lost' || mode === 'late') return { answer: 'lost' };
  if (mode === 'hang') return { answer: 'never' };
  if (mode === '504') return { answer: { status: 504, body: { error: 'gateway' } } };
  return redeemed;
}

function send(
  network: Network,
  process: SimProcess,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Response> {
  const { world } = process;
  const { mode, random } = exchange;
  const thereMs = random.tail(1, 60);
  const backMs = random.tail(1, 60) + (mode === 'slow' ? random.tail(300, 14_000) : 0);
  return new Promise((resolve, reject) => {
    if (process.isDead) return;
    let isOver = false;
    const end = (finish: () => void): void => {
      if (!isOver) finish();
      isOver = true;
    };
    const abort = (): void => end(() => reject(signal.reason as Error));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const fail = (ms: number, code: string): void =>
      void process.deliver(ms, () => end(() => reject(failedFetch(code))));
    if (mode === 'refused') return fail(1, 'ECONNREFUSED');
    if (mode === 'reset') return fail(thereMs, 'ECONNRESET');
    if (mode === 'never') return;
    world.after(mode === 'late' ? random.tail(500, 20_000) : thereMs, () => {
      const { answer, redemption } = handle(network, exchange, process, isOver);
      if (answer === 'never') return;
      if (answer === 'lost') return fail(random.tail(1, 3000), 'ECONNRESET');
      const deliver = (): void => {
        if (redemption !== undefined) redemption.isDelivered = true;
        const { status, body, headers = {} } = answer;
        world.log(process.name, `<- ${exchange.token} ${status}`);
        resolve(Response.json(body, { status, headers }));
      };
      process.deliver(backMs, () => end(deliver));
    });
  });
}

/** `fetch` in one process. */
export function fetchFor(network: Network, process: SimProcess): typeof fetch {
  const { world } = process;
  let sent = 0;
  return (input, init) => {
    sent += 1;
    const random = new Random(world.seed, `${process.name}/http/${sent}`);
    const body = init?.body instanceof URLSearchParams ? init.body : new URLSearchParams();
    const isRevocation = (input instanceof Request ? input.url : input.toString()).endsWith('/revoke');
    const token = body.get('refresh_token') ?? body.get('token') ?? '';
    const faults = network.faults.filter(({ from, to }) => world.now >= from && world.now < to);
    const mode = faults.find(({ chance }) => random.chance(chance))?.mode;
    if (!isRevocation) network.onSend(token, process);
    world.log(process.name, `-> ${isRevocation ? 'revoke' : 'refresh'} ${token} (${mode ?? 'ok'})`);
    const exchange = { token, isRevocation, mode, random };
    return send(network, process, exchange, init?.signal ?? new AbortController().signal);
  };
}
