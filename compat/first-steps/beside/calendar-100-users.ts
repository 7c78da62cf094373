// @googleapis/calendar, with a store of tokens that two machines share, and one refresh at a time per user.
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { auth, calendar, type calendar_v3 } from '@googleapis/calendar';

const { SANDBOX_URL, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_TOKENS = '[]' } = process.env;
const APP = { clientId: GOOGLE_CLIENT_ID ?? '', clientSecret: GOOGLE_CLIENT_SECRET ?? '' };
const EARLY_MS = 60_000;
const LEASE_MS = 30_000;
let refreshes = 0;

interface Tokens {
  access_token: string;
  refresh_token: string;
  expiry_date: number;
}

function machine() {
  const database = new DatabaseSync('tokens.sqlite', { timeout: 5000 });
  database.exec(
    `CREATE TABLE IF NOT EXISTS tokens
      (user TEXT PRIMARY KEY, value TEXT NOT NULL, owner TEXT, leased_until INTEGER NOT NULL DEFAULT 0)`,
  );
  const insert = database.prepare('INSERT INTO tokens (user, value) VALUES (?, ?)');
  const select = database.prepare('SELECT value FROM tokens WHERE user = ?');
  // Only for a reader of the present tokens: one that is late reads again what the other machine wrote.
  const lease = database.prepare(
    'UPDATE tokens SET owner = ?, leased_until = ? WHERE user = ? AND value = ? AND leased_until < ?',
  );
  const write = database.prepare('UPDATE tokens SET value = ? WHERE user = ? AND owner = ?');
  const release = database.prepare('UPDATE tokens SET leased_until = 0 WHERE user = ? AND owner = ?');

  async function refreshed(tokens: Tokens): Promise<Tokens> {
    const endpoints = { oauth2TokenUrl: `${SANDBOX_URL}/oauth2.googleapis.com/token` };
    const client = new auth.OAuth2({ ...APP, endpoints });
    client.setCredentials(tokens);
    refreshes += 1;
    const { credentials } = await client.refreshAccessToken();
    return { ...tokens, ...(credentials as Partial<Tokens>) };
  }

  async function freshTokens(user: string): Promise<Tokens> {
    for (;;) {
      const value = select.get(user)?.['value'];
      if (typeof value !== 'string') throw new Error(`${user} isn't connected.`);
      const tokens = JSON.parse(value) as Tokens;
      if (tokens.expiry_date > Date.now() + EARLY_MS) return tokens;
      const owner = randomUUID();
      if (lease.run(owner, Date.now() + LEASE_MS, user, value, Date.now()).changes === 0) {
        await delay(20 + 80 * Math.random());
        continue;
      }
      try {
        const renewed = await refreshed(tokens);
        if (write.run(JSON.stringify(renewed), user, owner).changes === 1) return renewed;
      } finally {
        release.run(user, owner);
      }
    }
  }

  return {
    connect: (user: string, tokens: Tokens) => void insert.run(user, JSON.stringify(tokens)),
    async events(user: string): Promise<calendar_v3.Schema$Event[]> {
      const client = new auth.OAuth2(APP);
      client.refreshHandler = async () => {
        const { access_token, expiry_date } = await freshTokens(user);
        return { access_token, expiry_date };
      };
      const api = calendar({ version: 'v3', auth: client, rootUrl: `${SANDBOX_URL}/` });
      const events: calendar_v3.Schema$Event[] = [];
      let pageToken: string | undefined;
      do {
        const page = { ...(pageToken !== undefined && { pageToken }) };
        const { data } = await api.events.list({ calendarId: 'primary', ...page });
        events.push(...(data.items ?? []));
        pageToken = data.nextPageToken ?? undefined;
      } while (pageToken !== undefined);
      return events;
    },
  };
}

const [one, two] = [machine(), machine()];
const users = (JSON.parse(GOOGLE_TOKENS) as Tokens[]).map((tokens, index) => {
  const user = `user-${index}`;
  one.connect(user, { ...tokens, expiry_date: Date.now() - 1 });
  return user;
});
const lists = users.flatMap((user) => [one, two].map((each) => each.events(user)));
await Promise.all(lists);
console.log(`${lists.length} calls by two machines, ${refreshes} refreshes`);
if (users.length !== 100 || refreshes !== users.length) throw new Error('A token was refreshed twice.');
