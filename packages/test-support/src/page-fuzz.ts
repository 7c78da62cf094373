import { type IncomingMessage, request } from 'node:http';
import * as fc from 'fast-check';

/** What is thrown at the pages of a server. */
export interface PageFuzz {
  /** `http://localhost:8000` */
  origin: string;
  /** The cookies of a browser that was let in. */
  cookie: string;
  paths: readonly string[];
  /** Names of forms' fields and of the query's parameters. */
  fields: readonly string[];
  /** Values that mean something to the server, beside those that mean nothing. */
  values: readonly string[];
  /** What no page may show. */
  secrets: () => readonly string[];
  numRuns: number;
  seed: number;
}

interface Sent {
  method: string;
  path: string;
  headers: Partial<Record<string, string>>;
  body: string;
}

const METHODS = ['GET', 'POST', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'];
const NO_NAMES = ['constructor', '__proto__', 'toString', '%', '%00', '%E0%A4%A', '..', 'x'.repeat(2_000)];
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-7',
  'application/json',
  'multipart/form-data; boundary=x',
  'text/plain',
  'x',
];

function requestsTo({ origin, cookie, paths, fields, values }: PageFuzz): fc.Arbitrary<Sent> {
  const value = fc.oneof(
    fc.constantFrom(...values, '', 'null', '__proto__', '9'.repeat(400), '\0', 'x'.repeat(9_000)),
    fc.string({ maxLength: 30 }),
  );
  const form = fc
    .array(fc.tuple(fc.constantFrom(...fields, '__proto__', 'a[b]'), value), { maxLength: 5 })
    .map((pairs) => new URLSearchParams(pairs).toString());
  const path = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...paths) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...paths), fc.constantFrom(...NO_NAMES))
        .map(([one, name]) => one.replace(/[^/]*$/, name)),
    },
    { weight: 1, arbitrary: fc.webPath() },
    {
      weight: 1,
      arbitrary: fc.constantFrom('*', '//evil.example/', '/\\evil.example', 'http://evil.example/'),
    },
  );
  return fc.record({
    method: fc.constantFrom(...METHODS),
    path: fc
      .tuple(path, form)
      .map(([one, query]) => (query === '' ? one : `${one}?${query.slice(0, 4_000)}`)),
    headers: fc.record(
      {
        origin: fc.constantFrom(origin, origin, origin, 'null', 'https://evil.example'),
        cookie: fc.constantFrom(cookie, cookie, cookie, `${cookie}x`, ';;==;', 'session='),
        'content-type': fc.constantFrom(TYPES[0] ?? '', ...TYPES),
        'content-encoding': fc.constantFrom('identity', 'gzip', 'x'),
        'accept-encoding': fc.constantFrom('gzip', '*;q=0'),
        'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site'),
      },
      { requiredKeys: ['cookie'] },
    ),
    body: fc.oneof({ weight: 3, arbitrary: form }, fc.json(), fc.string({ maxLength: 60 })),
  });
}

/** The response; `undefined` for what no client can send. */
async function answerTo(
  origin: string,
  { method, path, headers, body }: Sent,
): Promise<{ status: number; text: string } | undefined> {
  const { hostname: host, port, host: name } = new URL(origin);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  try {
    const all = { host: name, ...headers };
    const sent = request({ host, port, method, path, headers: all, agent: false }, resolve);
    sent.once('error', reject);
    sent.end(method === 'GET' || method === 'HEAD' || method === 'TRACE' ? undefined : body);
  } catch {
    return undefined;
  }
  const response = await promise;
  let text = JSON.stringify(response.headers);
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, text };
}

/** Throws requests at the pages: each is answered, none with a failure of the server, and none with a secret. */
export async function fuzzPages(fuzz: PageFuzz): Promise<void> {
  const { origin, secrets, numRuns, seed } = fuzz;
  await fc.assert(
    fc.asyncProperty(requestsTo(fuzz), async (sent) => {
      const answer = await answerTo(origin, sent);
      if (answer === undefined) return;
      if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.text.slice(0, 1_000)}`);
      const shown = secrets().find((secret) => answer.text.includes(secret));
      if (shown !== undefined) throw new Error('A secret is shown.');
    }),
    { numRuns, seed },
  );
}
