import type { ContextOptions } from '@context-sdk/context';
import type { TokenSet } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import type { Dice } from '../processes-model/dice.ts';
import type { Answer, Spare } from './machine.ts';

/** How a service behaves, for all its accounts or for one of fifty. */
export type Trouble = 'none' | 'refuses' | 'hangs' | 'hangs half-way' | 'some hang';

export type Service = 'ticktick' | 'google' | 'azure-devops';
export const SERVICES: readonly Service[] = ['ticktick', 'google', 'azure-devops'];

const MIN_LATENCY_MS = 20;
const MAX_LATENCY_MS = 180;
const SCOPES = [
  'openid',
  'email',
  'https://www.googleapis.com/auth/calendar',
  'https://www.googleapis.com/auth/gmail.compose',
];

type Deliver = (url: string, init?: RequestInit) => Promise<Response>;

/** The emulated services, with an account for each user, and what is wrong with them. */
export class Services {
  readonly sandbox: Sandbox;
  readonly trouble: Record<Service, Trouble> = { ticktick: 'none', google: 'none', 'azure-devops': 'none' };
  /** Called for each request that is not one of delivering. */
  onRequest: (service: Service, authorization: string) => void = () => undefined;
  requests = 0;
  readonly #dice: Dice;

  constructor(users: readonly string[], dice: Dice, deliver: Deliver) {
    this.#dice = dice;
    this.sandbox = createSandbox({
      seed: 'empty',
      ticktick: {
        rateLimits: [],
        accounts: users.map((name, id) => ({ id, username: name, displayName: name, timeZone: 'UTC' })),
      },
      google: {
        quotas: { calendar: [], gmail: [] },
        accounts: users.map((name) => ({ sub: name, email: name, name })),
        deliver,
      },
      azureDevOps: { organizations: users.map(organizationOf), seed: 'empty', rateLimit: false, deliver },
    });
  }

  get providers(): ContextOptions['providers'] {
    const { clientId, clientSecret } = this.sandbox.google.app;
    return { ticktick: {}, google: { clientId, clientSecret }, azureDevOps: {} };
  }

  googleTokens(account: string): TokenSet {
    const obtainedAt = Date.now();
    const issued = this.sandbox.google.issueToken({ account, scopes: SCOPES });
    return { ...issued, obtainedAt, expiresAt: obtainedAt + 3_599_000, scopes: SCOPES };
  }

  azureDevOps(user: string): Spare['azureDevOps'] {
    const organization = organizationOf(user);
    const organizationUrl = `https://dev.azure.com/${organization}`;
    return { organizationUrl, token: this.sandbox.azureDevOps.issuePat({ organization }) };
  }

  spare(user: string): Spare {
    const { ticktick } = this.sandbox;
    return {
      ticktick: ticktick.issueApiToken(user),
      google: this.googleTokens(user),
      azureDevOps: this.azureDevOps(user),
    };
  }

  async answer(request: Request, isStarting: boolean): Promise<Answer> {
    const { host } = new URL(request.url);
    const authorization = request.headers.get('authorization') ?? '';
    const service = serviceOf(host);
    const latencyMs = this.#dice.between(MIN_LATENCY_MS, MAX_LATENCY_MS);
    this.requests += 1;
    this.onRequest(service, authorization);
    const trouble = isStarting ? 'none' : this.trouble[service];
    if (trouble === 'refuses') return { latencyMs, status: 503, headers: [], body: '' };
    if (trouble === 'hangs' || (trouble === 'some hang' && isOneOfMany(authorization)))
      return { hangs: 'before' };
    if (trouble === 'hangs half-way') return { hangs: 'half-way' };
    const response = await this.sandbox.fetch(request);
    // What the sandbox remembers of requests is not needed here.
    this.sandbox.clearRequests();
    return {
      latencyMs,
      status: response.status,
      headers: [...response.headers],
      body: await response.text(),
    };
  }
}

export function organizationOf(user: string): string {
  return `org-${user.replaceAll(/\W/g, '-')}`;
}

function serviceOf(host: string): Service {
  if (host.endsWith('ticktick.com')) return 'ticktick';
  return host.endsWith('googleapis.com') || host.endsWith('google.com') ? 'google' : 'azure-devops';
}

/** Whether an account is one of those that hang while the others of its service do not: one of fifty. */
export function isOneOfMany(authorization: string): boolean {
  let sum = 0;
  for (const character of authorization) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % 50 === 0;
}
