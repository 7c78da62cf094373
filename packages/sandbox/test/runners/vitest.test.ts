import { get } from 'node:https';
import { useSandbox as useSandboxInJest } from '@context-sdk/sandbox/jest';
import { useSandbox } from '@context-sdk/sandbox/vitest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const PROJECTS = 'https://api.ticktick.com/open/v1/project';

describe('22.vitest: each test has a sandbox of its own', () => {
  const sandbox = useSandbox({ seed: 'demo' });
  let first: unknown;

  test('which answers at the real host names', async () => {
    first = sandbox.current;
    const headers = { authorization: `Bearer ${sandbox.current.ticktick.issueApiToken()}` };
    expect((await fetch(PROJECTS, { headers })).status).toBe(200);
    const status = await new Promise((resolve) => get(PROJECTS, ({ statusCode }) => resolve(statusCode)));
    expect(status).toBe(401);
    expect(sandbox.current.requests).toHaveLength(2);
  });

  test('and knows nothing of the one before', () => {
    expect(sandbox.current).not.toBe(first);
    expect(sandbox.current.requests).toEqual([]);
  });
});

describe('22.jest: the same with the globals of Jest', () => {
  const before = { ...globalThis };
  Object.assign(globalThis, { afterAll, beforeAll, beforeEach });
  const sandbox = useSandboxInJest({ seed: 'empty' });
  for (const name of ['afterAll', 'beforeAll', 'beforeEach']) {
    if (!Object.hasOwn(before, name)) Reflect.deleteProperty(globalThis, name);
  }

  test('requests reach the sandbox', async () => {
    expect((await fetch(PROJECTS)).status).toBe(401);
    expect(sandbox.current.requests).toMatchObject([{ host: 'api.ticktick.com' }]);
  });

  test('without them it says what is missing', () => {
    expect(() => useSandboxInJest()).toThrow('needs the globals of Jest');
  });
});
