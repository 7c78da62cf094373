// Tokens in a users table, on a sandbox of this process: who deletes the user deletes the tokens.
import { DatabaseSync } from 'node:sqlite';
import { createContext, memoryStore } from '@context-sdk/context';
import { createSandbox } from '@context-sdk/sandbox';
import { usersTableStore } from './src/users-table-store.ts';

const sandbox = createSandbox({ seed: 30 });
const db = new DatabaseSync(':memory:');
db.exec(`CREATE TABLE users (id TEXT PRIMARY KEY, name TEXT NOT NULL, context TEXT NOT NULL DEFAULT '{}')`);
db.exec(`INSERT INTO users (id, name) VALUES ('ada', 'Ada')`);
const context = createContext({
  store: usersTableStore(db, memoryStore()),
  baseUrl: 'http://localhost:8000',
  providers: { ticktick: {} },
  fetch: sandbox.fetch,
});
const { connections, ticktick } = context.user('ada');
await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
console.log(`${(await ticktick.tasks.listOpen().toArray()).length} open tasks`);
const row = db.prepare('SELECT context FROM users').get()?.['context'];
console.log('In the row of the user:', Object.keys(JSON.parse(String(row)) as object).join(', '));
db.exec(`DELETE FROM users WHERE id = 'ada'`);
console.log('After the user is deleted:', (await connections.get('ticktick')).reason);
