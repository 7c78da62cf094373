import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserSessions, memoryStore, toNodeListener } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import {
  anyFrame,
  anySpelling,
  echoOf,
  expectHidden,
  secretText,
  token,
} from '@context-sdk/test-support/spellings';
import { assert, asyncProperty, boolean, constantFrom, property, uint8Array } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCommand } from '../src/command.ts';
import { startServer } from '../src/index.ts';
import type { ProgramResult } from '../src/keys/run-program.ts';
import { storeKey } from '../src/keys/store-key.ts';
import { Entrance } from '../src/pages/entrance.ts';
import { type Loopback, openLoopback } from '../src/pages/loopback.ts';
import { respond } from '../src/pages/routes.ts';
import { sandboxedContext } from '../src/setup/sandboxed.ts';

const USER_ID = 'me';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'context-mcp-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Environments that can't work, with a secret where one belongs, and where it was put by mistake. */
const WRONG: Record<string, (secret: string) => Record<string, string>> = {
  'an app without its id': (secret) => ({ GOOGLE_CLIENT_SECRET: secret }),
  'a secret for an id': (secret) => ({ TICKTICK_CLIENT_ID: secret }),
  'a token without an organization': (secret) => ({ AZURE_DEVOPS_PAT: secret }),
  'a secret for an organization': (secret) => ({ AZURE_DEVOPS_ORG_URL: secret, AZURE_DEVOPS_PAT: secret }),
  'a secret in the URL of an organization': (secret) => ({
    AZURE_DEVOPS_ORG_URL: `https://x:${encodeURIComponent(secret)}@elsewhere.example/acme?token=${encodeURIComponent(secret)}`,
  }),
  'a secret for a port': (secret) => ({ CONTEXT_MCP_PORT: secret, TICKTICK_CLIENT_SECRET: secret }),
  'a secret for a zone': (secret) => ({ CONTEXT_MCP_TIME_ZONE: secret }),
  'a secret for what waits': (secret) => ({ CONTEXT_MCP_APPROVE: secret }),
  'no redirect': (secret) => ({
    TICKTICK_CLIENT_ID: 'id',
    TICKTICK_CLIENT_SECRET: secret,
    TICKTICK_REDIRECT_URI: secret,
  }),
};

test('16.23: no secret of the environment shows, whatever is wrong with it', async () => {
  await assert(
    asyncProperty(
      secretText,
      anySpelling,
      anyFrame,
      constantFrom(...Object.keys(WRONG)),
      async (secret, spelling, frame, wrong) => {
        const told: string[] = [];
        const variables = WRONG[wrong]?.(echoOf(secret, spelling, frame).replaceAll('\0', '')) ?? {};
        const environment = {
          CONTEXT_MCP_FOLDER: folder,
          CONTEXT_MCP_PORT: '0',
          BROWSER: 'none',
          ...variables,
        };
        const error = await startServer({
          environment,
          isSandbox: false,
          tell: (text) => void told.push(text),
        }).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(Error);
        expectHidden(secret, error, told);
      },
    ),
    { numRuns: propertyRuns(60) },
  );
}, 60_000);

test('16.23: nor does what was given among the arguments', () => {
  assert(
    property(
      token,
      anySpelling,
      constantFrom('', '--', '--token=', '--sandbox=', '-'),
      (secret, spelling, prefix) => {
        try {
          readCommand([`${prefix}${echoOf(secret, spelling, 'alone')}`]);
        } catch (error) {
          expectHidden(secret, error);
        }
      },
    ),
    { numRuns: propertyRuns(100) },
  );
});

/** What a program of the system's says that keeps the key, or does not. */
const PROGRAMS: Record<string, (echo: string) => ProgramResult> = {
  'the key': (echo) => ({ code: 0, stdout: echo, stderr: '' }),
  'the key, and fails': (echo) => ({ code: 2, stdout: echo, stderr: echo }),
  'what it was given': (echo) => ({ code: 1, stdout: '', stderr: `can't store ${echo}` }),
  nothing: () => ({ code: 1, stdout: '', stderr: '' }),
  'that it is not there': () => ({ code: undefined, stdout: '', stderr: '' }),
};

test('16.23: nor does the key of the records, whatever the system’s program does with it', async () => {
  await assert(
    asyncProperty(
      uint8Array({ minLength: 20, maxLength: 32 }),
      anySpelling,
      constantFrom(...Object.keys(PROGRAMS)),
      constantFrom('linux', 'darwin', 'win32'),
      boolean(),
      async (bytes, spelling, says, system, hasRecords) => {
        const key = Buffer.from(bytes).toString('base64');
        const own = mkdtempSync(join(folder, 'key-'));
        const told: string[] = [];
        const args: string[] = [];
        const error = await storeKey({
          folder: own,
          hasRecords,
          system: system,
          tell: (text) => void told.push(text),
          run: async (command, given) => {
            args.push(command, ...given);
            return PROGRAMS[says]?.(echoOf(key, spelling, 'alone')) ?? { code: 1, stdout: '', stderr: '' };
          },
        }).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expectHidden(key, error, told, args);
      },
    ),
    { numRuns: propertyRuns(60) },
  );
});

interface Pages {
  loopback: Loopback;
  entrance: Entrance;
  /** The cookie of a browser that was let in. */
  cookie: string;
  /** The token of what waits. */
  approval: string;
  /** Has the store fail from now on, with a text of its own. */
  fail(text: string | undefined): void;
}

async function startPages(): Promise<Pages> {
  const loopback = await openLoopback(0);
  const { context } = await sandboxedContext(loopback.origin, USER_ID);
  const kept = memoryStore();
  let failure: string | undefined;
  const check = (): void => {
    if (failure !== undefined) throw new Error(failure, { cause: new Error(failure) });
  };
  const store: typeof kept = {
    get: async (key) => (check(), await kept.get(key)),
    list: async (prefix, options) => (check(), await kept.list(prefix, options)),
    delete: async (key, version) => (check(), await kept.delete(key, version)),
    compareAndSet: async (...write) => (check(), await kept.compareAndSet(...write)),
  };
  const sessions = browserSessions({ store, baseUrl: loopback.origin });
  const entrance = new Entrance(store);
  const handler = context.createHandler({
    getUserId: (request) => sessions.userOf(request.headers.get('cookie')),
  });
  const tools = contextTools(context.user(USER_ID), { timeZone: 'UTC', approve: 'writes' });
  await tools['create_task']?.execute({ title: 'x' });
  const [waiting] = await context.actions.pending(USER_ID);
  const parts = { context, userId: USER_ID, sessions, entrance, open: async () => undefined };
  loopback.serve(toNodeListener(handler), (request) => respond(parts, request));
  const cookie = (await sessions.begin(USER_ID)).split(';')[0] ?? '';
  return {
    loopback,
    entrance,
    cookie,
    approval: waiting?.token ?? '',
    fail: (text) => void (failure = text),
  };
}

test('16.23: nor does a key, a cookie, a code or a token in a page, an address or a header', async () => {
  const pages = await startPages();
  const { loopback, entrance, cookie, approval } = pages;
  const session = cookie.slice(cookie.indexOf('=') + 1);
  await assert(
    asyncProperty(
      token,
      anySpelling,
      anyFrame,
      boolean(),
      constantFrom(
        '/open',
        '/',
        '/approve',
        '/undo',
        '/none',
        '/auth/ticktick/callback',
        '/auth/google/authorize',
        '/webhooks/azure-devops',
      ),
      constantFrom('GET', 'POST'),
      boolean(),
      async (given, spelling, frame, isLetIn, path, method, isDown) => {
        const key = await entrance.invite();
        // Whoever was let in is shown what approves.
        for (const secret of [given, key, session, ...(isLetIn ? [] : [approval])]) {
          const echo = echoOf(secret, spelling, frame);
          const query = new URLSearchParams({
            key: echo,
            code: echo,
            state: echo,
            error: echo,
            returnTo: echo,
          });
          pages.fail(isDown ? `${echo} failed` : undefined);
          const response = await fetch(`${loopback.origin}${path}?${query}`, {
            method,
            redirect: 'manual',
            headers: {
              origin: loopback.origin,
              authorization: `Bearer ${encodeURIComponent(echo)}`,
              ...(isLetIn && { cookie }),
            },
            ...(method === 'POST' && { body: new URLSearchParams({ token: echo, action: echo }) }),
          });
          pages.fail(undefined);
          expectHidden(secret, [response.status, [...response.headers], await response.text()]);
        }
      },
    ),
    { numRuns: propertyRuns(60) },
  );
  loopback.close();
}, 60_000);
