import { createContext } from '@context-sdk/context';
import { sqliteStore } from '@context-sdk/oauth-core/sqlite';
import { createSandbox } from '@context-sdk/sandbox';

const sandbox = createSandbox();
const { clientId, clientSecret } = sandbox.google.app;
let refreshes = 0;
const machine = () =>
  createContext({
    store: sqliteStore('context.sqlite'),
    baseUrl: 'http://localhost:8000',
    providers: { google: { clientId, clientSecret } },
    hooks: { onTokenRefresh: () => void (refreshes += 1) },
    fetch: sandbox.fetch,
  });
const [one, two] = [machine(), machine()];
const users = Array.from({ length: 100 }, (_, index) => `user-${index}`);
const SCOPES = ['https://www.googleapis.com/auth/calendar'];
for (const user of users) {
  const tokens = sandbox.google.issueToken({ scopes: SCOPES });
  await one.user(user).connections.import('google', {
    ...tokens,
    scopes: SCOPES,
    expiresAt: Date.now() - 1,
    obtainedAt: Date.now(),
  });
}
const lists = users.flatMap((user) =>
  [one, two].map((context) => context.user(user).calendar.events.list().toArray()),
);
await Promise.all(lists);
console.log(`${lists.length} calls by two machines, ${refreshes} refreshes`);
if (refreshes !== users.length) throw new Error('A token was refreshed twice.');
