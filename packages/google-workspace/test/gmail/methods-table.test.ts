import { readFileSync } from 'node:fs';
import { GmailClient } from '@context-sdk/google-workspace';
import { answering } from '@context-sdk/test-support';
import { describe, expect, test } from 'vitest';
// The table is not exported; this compares the page with it.
import { GMAIL_OPERATIONS } from '../../src/gmail/operations.ts';
import { discoveryDocument, hasFixtures, skipped } from '../support/fixtures.ts';

interface Method {
  id: string;
  scopes: string[];
  path: string;
  httpMethod: string;
}

interface Resource {
  methods?: Record<string, Method>;
  resources?: Record<string, Resource>;
}

const PAGE = readFileSync(new URL('../../../../docs/gmail.md', import.meta.url), 'utf8');
const ROWS = PAGE.slice(PAGE.indexOf("## Google's methods"))
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const codes = cells.map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
    return {
      id: codes[1]?.[0] ?? '',
      names: codes[2] ?? [],
      scope: codes[3]?.[0] ?? '',
      units: cells[4] ?? '',
    };
  });

function methodsOf({ methods = {}, resources = {} }: Resource): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

function sorted(texts: Iterable<string>): string[] {
  return [...texts].toSorted((one, other) => one.localeCompare(other));
}

describe("20.docs: the table of Google's methods", () => {
  test.skipIf(!hasFixtures)(
    `has the 79 methods of the discovery document, with a scope of each${skipped}`,
    () => {
      const described = methodsOf(discoveryDocument('gmail-v1') as Resource);
      const scopes = new Map(
        described.map((method) => [method.id.replace('gmail.users.', ''), method.scopes]),
      );
      expect(ROWS).toHaveLength(79);
      expect(sorted(ROWS.map(({ id }) => id))).toEqual(sorted(scopes.keys()));
      for (const { id, scope } of ROWS) {
        expect(scopes.get(id), id).toContain(new URL(scope, 'https://www.googleapis.com/auth/').href);
      }
    },
  );

  test.skipIf(!hasFixtures)(`what has no method here is reached by client.fetch${skipped}`, async () => {
    const described = methodsOf(discoveryDocument('gmail-v1') as Resource);
    const others = ROWS.filter(({ names }) => names[0] === 'client.fetch');
    expect(others.length).toBeGreaterThan(10);
    const { fetch, requests } = answering(() => ({ keyPairId: 'k' }));
    const client = new GmailClient({ auth: 'token', fetch, limits: [] });
    for (const { id } of others) {
      const method = described.find((one) => one.id === `gmail.users.${id}`);
      const path = `/${method?.path ?? ''}`.replaceAll(/\{\w+\}/g, 'me');
      const response = await client.fetch(path, { method: method?.httpMethod ?? '' });
      expect(await response.json(), id).toEqual({ keyPairId: 'k' });
      expect(requests.at(-1), id).toMatchObject({ method: method?.httpMethod, path });
      expect(requests.at(-1)?.headers.get('authorization'), id).toBe('Bearer token');
    }
  });

  test('names methods that exist', () => {
    const client = new GmailClient({ auth: 'token' });
    for (const name of ROWS.flatMap(({ names }) => names).filter((one) => one !== 'client.fetch')) {
      const method = name
        .split('.')
        .reduce<unknown>((parent, part) => Reflect.get(Object(parent), part), client);
      expect(typeof method, name).toBe('function');
    }
  });

  test('names every operation at its method, with the units that it counts', () => {
    for (const [name, { library, cost }] of Object.entries(GMAIL_OPERATIONS)) {
      if (library === 'batch') continue;
      const row = ROWS.find(({ id }) => `users.${id}` === library);
      expect(row?.names, library).toContain(name);
      expect(row?.units, library).toBe(String(cost));
    }
  });
});
