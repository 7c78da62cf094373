import { DATA_SCOPES } from '../google/api/discovered.ts';
import { scopeUrls } from '../google/api/method.ts';
import type { Deliver } from '../http/notifier.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import { type Clock, sleep as realSleep } from '../time/clock.ts';
import type { SavedRequest, SavedState } from './saved-state.ts';

/**
 * Sets up a sandbox as one that was saved: with its seed, and every request made again at its time. Ids are the same as
 * before; tokens aren't restored, and notifications aren't sent again. Throws an Error that names a request that is refused.
 */
export async function restoreSandbox(
  saved: SavedState,
  options: SandboxOptions,
  create: (options: SandboxOptions) => Sandbox,
): Promise<Sandbox> {
  const base = options.clock ?? { now: () => Date.now() };
  let replayedAt: number | undefined = timeOf(saved.startedAt, base);
  const isReplaying = (): boolean => replayedAt !== undefined;
  const sandbox = create({
    ...quiet(options, isReplaying),
    seed: saved.seed,
    keepsState: true,
    clock: { now: () => replayedAt ?? base.now() },
  });
  for (const request of saved.requests) {
    replayedAt = timeOf(request.at, base);
    await repeat(sandbox, request);
  }
  replayedAt = undefined;
  sandbox.clearRequests();
  return sandbox;
}

function timeOf(text: string | undefined, clock: Clock): number {
  return text === undefined ? clock.now() : Date.parse(text);
}

/** While requests are repeated, nothing is sent and nothing waits. */
function quiet(options: SandboxOptions, isQuiet: () => boolean): SandboxOptions {
  const { sleep = realSleep, ticktick, dida365, google, azureDevOps } = options;
  const whenLoud = (deliver: Deliver = (url, init) => globalThis.fetch(url, init)): { deliver: Deliver } => ({
    deliver: async (url, init) => (isQuiet() ? new Response() : await deliver(url, init)),
  });
  return {
    ...options,
    sleep: async (ms, signal) => (isQuiet() ? undefined : await sleep(ms, signal)),
    ticktick: { ...ticktick, ...whenLoud(ticktick?.deliver) },
    dida365: { ...dida365, ...whenLoud(dida365?.deliver) },
    google: { ...google, ...whenLoud(google?.deliver) },
    azureDevOps: { ...azureDevOps, ...whenLoud(azureDevOps?.deliver) },
  };
}

async function repeat(sandbox: Sandbox, saved: SavedRequest): Promise<void> {
  const { request, account, body, base64, contentType } = saved;
  const [method = '', url = ''] = request.split(' ');
  const headers: Record<string, string> = {
    authorization: authorizationFor(sandbox, new URL(url).host, account),
  };
  const type = contentType ?? (body === undefined ? undefined : 'application/json');
  if (type !== undefined) headers['content-type'] = type;
  const bytes = base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  const sent = body === undefined ? bytes : JSON.stringify(body);
  const response = await sandbox.fetch(url, { method, headers, ...(sent !== undefined && { body: sent }) });
  if (response.status < 400) return;
  throw new Error(`The saved request ${request} is refused: ${response.status} ${await response.text()}`);
}

/** A credential for everything that the account may do. */
export function authorizationFor(sandbox: Sandbox, host: string, account: string | undefined): string {
  const { ticktick, dida365, google, azureDevOps } = sandbox;
  const whose = account === undefined ? {} : { account };
  if (host.endsWith('dida365.com')) return `Bearer ${dida365.issueApiToken(account)}`;
  if (host.endsWith('ticktick.com')) return `Bearer ${ticktick.issueApiToken(account)}`;
  if (host.endsWith('googleapis.com')) {
    return `Bearer ${google.issueToken({ ...whose, scopes: scopeUrls(DATA_SCOPES) }).accessToken}`;
  }
  const isPerson =
    account === undefined || azureDevOps.people.some(({ uniqueName }) => uniqueName === account);
  if (!isPerson) return `Bearer ${azureDevOps.issueAppToken()}`;
  return `Bearer ${azureDevOps.issueToken(account === undefined ? {} : { person: account }).accessToken}`;
}

/** Makes what is otherwise made when it is first needed, so that a seed has one date. */
export function fillAccounts({ ticktick, dida365, google }: Sandbox): void {
  for (const region of [ticktick, dida365]) {
    for (const { username } of region.accounts) region.testUser(username).tasks();
  }
  for (const { email } of google.accounts) {
    google.testUser(email).calendar.events();
    google.testUser(email).gmail.messages();
  }
}
