import { createServer, type IncomingMessage } from 'node:http';
import { type Answer, close, listen, respondWith } from './http.ts';

/** What a gateway can be made to do. */
export interface GatewaySettings {
  /** Seconds. Default: 3,600, as in the guide. */
  expiresIn?: number;
  /** Requests per account and minute. Default: 100, as in the guide. */
  requestsPerMinute?: number;
  /** The host's app. Default: `guide-app`, `guide-secret`. */
  clientId?: string;
  clientSecret?: string;
  /** Sends a delivery. Default: over the network. */
  deliver?: (url: string, init: RequestInit) => Promise<Response>;
}

/** One request that the gateway got. */
export interface GatewayRequest {
  line: string;
  authorization: string | undefined;
  body: string;
  status: number;
}

type Row = Record<string, unknown>;

interface Account {
  id: string;
  email: string;
  tasks: Map<string, Row>;
  webhooks: { url: string; events: string[] }[];
  requests: number;
}

/** TickTick as the integration guide describes it, and nothing more: written from the guide alone. */
export interface GuideTickTick {
  origin: string;
  requests: GatewayRequest[];
  /** The account that signs in. */
  user: Account;
  /** An access token without the way through the browser. */
  issueToken(account?: Account): string;
  /** Ends every access token, as after its hour. */
  expireTokens(): void;
  /** A second user of the gateway. */
  addAccount(id: string, email: string): Account;
  /** The task is changed in the app: webhooks are told. */
  change(event: string, task: Row): Promise<number[]>;
  nextMinute(): void;
  close(): Promise<void>;
}

export async function startGuideTickTick(settings: GatewaySettings = {}): Promise<GuideTickTick> {
  const { expiresIn = 3_600, requestsPerMinute = 100 } = settings;
  const { clientId = 'guide-app', clientSecret = 'guide-secret', deliver = fetch } = settings;
  const newAccount = (id: string, email: string): Account => ({
    id,
    email,
    tasks: new Map(),
    webhooks: [],
    requests: 0,
  });
  const user = newAccount('42', 'ada@example.com');
  const accounts = [user];
  const codes = new Map<string, { account: Account; redirectUri: string }>();
  const accessTokens = new Map<string, Account>();
  const refreshTokens = new Map<string, Account>();
  const requests: GatewayRequest[] = [];
  let serial = 0;
  const next = (prefix: string): string => `${prefix}${(serial += 1)}`;

  const issue = (account: Account): Row => {
    const accessToken = next('access-');
    const refreshToken = next('refresh-');
    accessTokens.set(accessToken, account);
    refreshTokens.set(refreshToken, account);
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: expiresIn,
      token_type: 'Bearer',
    };
  };

  const answerToken = (form: URLSearchParams): Answer => {
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return [401, { error: 'invalid_client' }];
    }
    const code = form.get('code') ?? '';
    const refreshToken = form.get('refresh_token') ?? '';
    if (form.get('grant_type') === 'refresh_token') {
      const account = refreshTokens.get(refreshToken);
      refreshTokens.delete(refreshToken);
      return account === undefined ? [400, { error: 'invalid_grant' }] : [200, issue(account)];
    }
    const granted = codes.get(code);
    codes.delete(code);
    if (granted === undefined || granted.redirectUri !== form.get('redirect_uri')) {
      return [400, { error: 'invalid_grant' }];
    }
    return [200, issue(granted.account)];
  };

  const answerApi = (method: string, path: string, body: string, account: Account): Answer => {
    account.requests += 1;
    if (account.requests > requestsPerMinute)
      return [429, { error: 'Rate limit exceeded' }, { 'retry-after': '7' }];
    const { tasks } = account;
    const [, id] = /^\/task\/([\w-]+)$/.exec(path) ?? [];
    if (method === 'GET' && path === '/user') return [200, { id: account.id, email: account.email }];
    if (method === 'GET' && path === '/task') return [200, [...tasks.values()]];
    if (method === 'POST' && path === '/task') {
      const task = { ...(JSON.parse(body) as Row), id: next('task-') };
      tasks.set(task.id, task);
      return [200, task];
    }
    if (method === 'POST' && path === '/webhook') {
      account.webhooks.push(JSON.parse(body) as Account['webhooks'][number]);
      return [200, { id: next('webhook-') }];
    }
    const task = id === undefined ? undefined : tasks.get(id);
    if (id === undefined || task === undefined) return [404, { error: 'Not found' }];
    if (method === 'GET') return [200, task];
    if (method !== 'PUT') return [405, { error: 'Method not allowed' }];
    const updated = { ...task, ...(JSON.parse(body) as Row), id };
    tasks.set(id, updated);
    return [200, updated];
  };

  const answer = (request: IncomingMessage, body: string): Answer => {
    const url = new URL(request.url ?? '/', 'http://gateway');
    if (url.pathname === '/oauth/authorize') {
      const redirectUri = url.searchParams.get('redirect_uri') ?? '';
      const code = next('code-');
      codes.set(code, { account: user, redirectUri });
      const location = `${redirectUri}?code=${code}&state=${url.searchParams.get('state')}`;
      return [302, undefined, { location }];
    }
    if (url.pathname === '/oauth/token') return answerToken(new URLSearchParams(body));
    if (!url.pathname.startsWith('/open/v1/')) return [404, { error: 'Not found' }];
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const account = accessTokens.get(token);
    if (account === undefined) return [401, { error: 'Unauthorized' }];
    return answerApi(request.method ?? '', url.pathname.slice('/open/v1'.length), body, account);
  };

  const server = createServer(
    respondWith((request, body) => {
      const answered = answer(request, body);
      const { method, url, headers } = request;
      const [status] = answered;
      requests.push({ line: `${method} ${url}`, authorization: headers.authorization, body, status });
      return answered;
    }),
  );

  return {
    origin: await listen(server),
    requests,
    user,
    issueToken: (account = user) => String(issue(account)['access_token']),
    expireTokens: () => accessTokens.clear(),
    addAccount(id, email) {
      const account = newAccount(id, email);
      accounts.push(account);
      return account;
    },
    async change(event, task) {
      user.tasks.set(String(task['id']), task);
      const listening = user.webhooks.filter(({ events }) => events.includes(event));
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event, data: task }),
      };
      return await Promise.all(listening.map(async ({ url }) => (await deliver(url, init)).status));
    },
    nextMinute() {
      for (const account of accounts) account.requests = 0;
    },
    close: () => close(server),
  };
}
