import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createContext, memoryStore } from '@context-sdk/context';
import { storeConformance } from '@context-sdk/context/testing';
import { createSandbox } from '@context-sdk/sandbox';
import { describe, expect, test } from 'vitest';
import { usersTableStore } from '../src/users-table-store.ts';

/** The table as the host has it, with one column more. */
function usersTable(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE);
    INSERT INTO users VALUES ('ada', 'ada@example.com'), ('grace', 'grace@example.com');
    ALTER TABLE users ADD COLUMN context TEXT NOT NULL DEFAULT '{}'`);
  return database;
}

describe('users table store', () => {
  // Every record in one user's row.
  storeConformance({ test, createStore: () => usersTableStore(usersTable(), memoryStore(), () => 'ada') });

  test('a context keeps its users’ tokens in their rows, and nothing of others', async () => {
    const database = usersTable();
    const sandbox = createSandbox();
    const context = createContext({
      store: usersTableStore(database, memoryStore()),
      baseUrl: 'https://host.example',
      providers: { ticktick: {} },
      fetch: (input, init) => sandbox.fetch(input, init),
    });
    await context.user('ada').connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    expect((await context.user('ada').ticktick.projects.list()).length).toBeGreaterThan(0);
    const rows = database.prepare("SELECT id FROM users WHERE context <> '{}'").all();
    expect(rows.map(({ id }) => id)).toEqual(['ada']);
    database.exec("DELETE FROM users WHERE id = 'ada'");
    expect((await context.user('ada').connections.get('ticktick')).reason).toBe('never-connected');
  });

  test('is under 60 lines of code', () => {
    const source = readFileSync(join(import.meta.dirname, '../src/users-table-store.ts'), 'utf8');
    expect(source.split('\n').filter((line) => !/^\s*(\/?\*|$)/.test(line)).length).toBeLessThan(60);
  });
});
