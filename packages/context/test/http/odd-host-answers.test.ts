import { describeForUser, httpStatusOf, publicMessageOf } from '@context-sdk/context';
import { expect, test } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { HOST, startHost } from '../support/start-host.ts';

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** What can't be what the host means, beside what the error says about it. */
const WRONG_RESULTS: readonly [unknown, string][] = [
  ['ada', 'its result must be an object'],
  [{ userID: 'ada' }, 'did you mean userId?'],
  [{ userId: 7 }, 'userId must be a string'],
  [{ userId: '' }, 'userId is empty'],
  [{ account: 7 }, 'account must be an object'],
  [{ account: { id: 7 } }, 'account.id must be a string'],
  [{ headers: 'x' }, 'headers'],
  [{ headers: { 'a b': 'x' } }, 'headers'],
  [{ headers: { 'set-cookie': 'a\r\nb' } }, 'headers'],
  [{ returnTo: 7 }, 'returnTo must be a string'],
];

test.each(WRONG_RESULTS)('16.38: onConnected that returns %j stores nothing', async (result, problem) => {
  const { browser, context, errors } = startHost({ onConnected: () => result as never });
  const { response } = await browser('ada').visit('/auth/ticktick/authorize');
  expect(response.status).toBe(500);
  expect(errors).toMatchObject([{ code: 'configuration', message: expect.stringContaining(problem) }]);
  expect((await context.user('ada').connections.get('ticktick')).reason).toBe('never-connected');
});

test.each([
  null,
  { userId: null, account: null, headers: null, returnTo: null },
  { account: { id: null, email: null } },
])('16.36: null is absent in what onConnected returns: %j', async (result) => {
  const { browser, context } = startHost({ onConnected: () => result as never });
  const { url } = await browser('ada').visit('/auth/ticktick/authorize');
  expect(url.searchParams.get('ticktick')).toBe('success');
  const { identity } = await context.user('ada').connections.get('ticktick');
  expect(identity).toMatchObject({ email: 'demo@example.com' });
});

test('16.36: getUserId that returns null says that nobody is signed in, and another value is the host’s mistake', async () => {
  const statusFor = async (userId: unknown, path: string): Promise<number> => {
    const { handler } = startHost({ getUserId: () => userId as never });
    const init = path.endsWith('disconnect') ? { method: 'POST', headers: { origin: HOST } } : {};
    return (await handler(new Request(`${HOST}/auth/ticktick/${path}`, init))).status;
  };
  for (const path of ['authorize', 'replace', 'disconnect']) {
    expect(await statusFor(null, path), path).toBe(403);
    for (const wrong of [7, {}, '', true, ['ada']]) expect(await statusFor(wrong, path), path).toBe(500);
  }
});

test.each([undefined, null, true, 'yes', 'Replace'])(
  '16.38: onReplace that returns %j is no decision',
  async (decision) => {
    const { browser, context, errors, sandbox } = startHost({ onReplace: () => decision as never });
    const { connections } = context.user('ada');
    const before = await connections.import('google', googleTokens(sandbox), {
      account: { id: 'another', email: 'another@example.com' },
    });
    const { response } = await browser('ada').visit('/auth/google/authorize');
    expect(response.status).toBe(500);
    expect(errors).toMatchObject([{ message: 'onReplace must return ask, replace or keep.' }]);
    expect((await connections.get('google')).identity).toEqual(before.identity);
  },
);

test('16.19: what a host throws may be anything, and is answered', async () => {
  const fails = (): never => {
    throw revoked;
  };
  const { handler } = startHost({ getUserId: fails });
  expect((await handler(new Request(`${HOST}/auth/ticktick/authorize`))).status).toBe(500);
  expect(httpStatusOf(revoked)).toBe(500);
  expect(publicMessageOf(revoked)).toBe(describeForUser(undefined).text);
  const { browser, errors } = startHost({ onConnected: fails });
  expect((await browser('ada').visit('/auth/ticktick/authorize')).response.status).toBe(500);
  expect(errors).toHaveLength(1);
});
