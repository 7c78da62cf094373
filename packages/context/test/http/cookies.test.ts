import { browserSessions, memoryStore } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';
import { isCallback } from '../support/browser.ts';
import { startHost } from '../support/start-host.ts';

const BASE_URL = 'https://host.example';
/** Everything that `String.prototype.trim` removes, apart from space and tab. */
const TRIMMED_BY_JAVASCRIPT = [
  ...'\u000b\u000c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\n\r',
];

async function startSession(): Promise<{
  sessions: ReturnType<typeof browserSessions>;
  pair: string;
}> {
  const sessions = browserSessions({ store: memoryStore(), baseUrl: BASE_URL });
  const [pair = ''] = (await sessions.begin('ada')).split(';');
  return { sessions, pair };
}

describe('16.7: the cookie of a session has exactly its name', () => {
  test.for(TRIMMED_BY_JAVASCRIPT)(
    'a sibling domain cannot plant it with %j around the name',
    async (space) => {
      const { sessions, pair } = await startSession();
      for (const forged of [`${space}${pair}`, `a=b; ${space}${pair}`, pair.replace('=', `${space}=`)]) {
        expect(await sessions.userOf(forged)).toBeUndefined();
      }
    },
  );

  test('spaces and tabs between cookies are allowed', async () => {
    const { sessions, pair } = await startSession();
    for (const header of [pair, `a=b; ${pair}`, `a=b;\t ${pair} \t;c=d`, `a=b;${pair}`]) {
      expect(await sessions.userOf(header)).toBe('ada');
    }
  });

  test('a megabyte of blanks in a header is read in one go', async () => {
    const { sessions, pair } = await startSession();
    expect(await sessions.userOf(`a=${' '.repeat(1_000_000)}b; ${pair}`)).toBe('ada');
  });

  test('other spellings of the name are other cookies', async () => {
    const { sessions, pair } = await startSession();
    for (const forged of [pair.toLowerCase(), pair.replace('__Host-', ''), `=${pair}`, `"${pair}"`]) {
      expect(await sessions.userOf(forged)).toBeUndefined();
    }
  });

  test('two cookies of one name are refused, whichever comes first', async () => {
    const { sessions, pair } = await startSession();
    const [name = ''] = pair.split('=');
    expect(await sessions.userOf(`${pair}; ${name}=planted`)).toBeUndefined();
    expect(await sessions.userOf(`${name}=planted; ${pair}`)).toBeUndefined();
    expect(await sessions.userOf(`${pair}; ${pair}`)).toBeUndefined();
  });
});

describe('16.7: so has the cookie that binds a sign-in', () => {
  test.for(['\u00a0', '\u000c'])('a callback with %j before the name is refused', async (space) => {
    const { browser, handler, sandbox } = startHost({ getUserId: () => 'ada' });
    const ada = browser();
    const { url } = await ada.visit('/auth/google/authorize', isCallback);
    const [pair = ''] = (ada.setCookies[0] ?? '').split(';');
    const send = (cookie: string): Promise<Response> => handler(new Request(url, { headers: { cookie } }));
    expect((await send(`a=b; ${space}${pair}`)).status).toBe(400);
    expect((await send(`${pair}; ${pair}`)).status).toBe(400);
    expect(sandbox.google.stats.tokenRequests).toBe(0);
    expect((await send(`a=b; ${pair}`)).status).toBe(303);
  });
});
