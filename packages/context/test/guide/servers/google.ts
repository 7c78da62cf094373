import { createServer, type IncomingMessage } from 'node:http';
import { type Answer, close, listen, respondWith } from './http.ts';

type Row = Record<string, unknown>;

/** Google's sign-in and Calendar as the integration guide uses them, and nothing more: written from the guide alone. */
export interface GuideGoogle {
  origin: string;
  /** `METHOD /path?query`, in order. */
  requests: string[];
  events: Map<string, Row>;
  busy: { start: string; end: string }[];
  isAccessToken(token: string): boolean;
  issueToken(): Row;
  expireTokens(): void;
  close(): Promise<void>;
}

export async function startGuideGoogle(): Promise<GuideGoogle> {
  const requests: string[] = [];
  const events = new Map<string, Row>();
  const busy: GuideGoogle['busy'] = [];
  const codes = new Map<string, { redirectUri: string; scope: string }>();
  const accessTokens = new Set<string>();
  const refreshTokens = new Set<string>();
  let serial = 0;
  const next = (prefix: string): string => `${prefix}${(serial += 1)}`;

  const issue = (scope: string, refreshToken?: string): Row => {
    const accessToken = next('google-access-');
    accessTokens.add(accessToken);
    const tokens = { access_token: accessToken, expires_in: 3599, scope, token_type: 'Bearer' };
    return refreshToken === undefined ? tokens : { ...tokens, refresh_token: refreshToken };
  };
  const newRefreshToken = (): string => {
    const refreshToken = next('google-refresh-');
    refreshTokens.add(refreshToken);
    return refreshToken;
  };

  const answerToken = (form: URLSearchParams): Answer => {
    if (form.get('client_id') !== 'your_google_client_id') return [401, { error: 'invalid_client' }];
    if (form.get('client_secret') !== 'your_google_client_secret') return [401, { error: 'invalid_client' }];
    if (form.get('grant_type') === 'refresh_token') {
      // Google keeps the refresh token.
      const isKnown = refreshTokens.has(form.get('refresh_token') ?? '');
      return isKnown ? [200, issue('')] : [400, { error: 'invalid_grant' }];
    }
    const code = form.get('code') ?? '';
    const granted = codes.get(code);
    codes.delete(code);
    if (granted === undefined || granted.redirectUri !== form.get('redirect_uri')) {
      return [400, { error: 'invalid_grant' }];
    }
    return [200, issue(granted.scope, newRefreshToken())];
  };

  const insert = (body: string): Answer => {
    const sent = JSON.parse(body) as Row;
    const id = typeof sent['id'] === 'string' ? sent['id'] : next('event');
    if (events.has(id))
      return [409, { error: { code: 409, message: 'The requested identifier already exists.' } }];
    const event = { ...sent, kind: 'calendar#event', id, status: 'confirmed' };
    events.set(id, event);
    return [200, event];
  };

  const answerCalendar = (request: IncomingMessage, url: URL, body: string): Answer => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!accessTokens.has(token)) return [401, { error: { code: 401, message: 'Invalid Credentials' } }];
    const route = `${request.method} ${url.pathname}`;
    if (route === 'POST /calendar/v3/calendars/primary/events') return insert(body);
    if (route === 'GET /calendar/v3/calendars/primary/events') {
      const [from, to] = ['timeMin', 'timeMax'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
      const items = [...events.values()].filter((event) => {
        const [start, end] = [event['start'], event['end']].map((time) =>
          Date.parse(String((time as Row)['dateTime'])),
        );
        return (end ?? 0) > (from ?? 0) && (start ?? 0) < (to ?? 0);
      });
      return [200, { kind: 'calendar#events', items }];
    }
    if (route === 'POST /calendar/v3/freeBusy') {
      const { timeMin, timeMax } = JSON.parse(body) as Row;
      return [200, { kind: 'calendar#freeBusy', timeMin, timeMax, calendars: { primary: { busy } } }];
    }
    return [404, { error: { code: 404, message: 'Not Found' } }];
  };

  const server = createServer(
    respondWith((request, body) => {
      requests.push(`${request.method} ${request.url}`);
      const url = new URL(request.url ?? '/', 'http://google');
      if (url.pathname === '/o/oauth2/v2/auth') {
        const redirectUri = url.searchParams.get('redirect_uri') ?? '';
        const code = next('google-code-');
        codes.set(code, { redirectUri, scope: url.searchParams.get('scope') ?? '' });
        const query = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' });
        return [302, undefined, { location: `${redirectUri}?${query}` }];
      }
      if (url.pathname === '/token') return answerToken(new URLSearchParams(body));
      return answerCalendar(request, url, body);
    }),
  );
  return {
    origin: await listen(server),
    requests,
    events,
    busy,
    isAccessToken: (token) => accessTokens.has(token),
    issueToken: () => issue('', newRefreshToken()),
    expireTokens: () => accessTokens.clear(),
    close: () => close(server),
  };
}
