import { readFileSync } from 'node:fs';
import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { describe, expect, test } from 'vitest';
// The table is not exported; this compares the page with it.
import { CALENDAR_OPERATIONS } from '../../src/calendar/operations.ts';
import { discoveryDocument, hasFixtures, skipped } from '../support/fixtures.ts';

interface Resource {
  methods?: Record<string, { id: string; scopes: string[] }>;
  resources?: Record<string, Resource>;
}

const PAGE = readFileSync(new URL('../../../../docs/google-calendar.md', import.meta.url), 'utf8');
const ROWS = PAGE.slice(PAGE.indexOf("## Google's methods"))
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line.split('|').map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)),
  );

function methodsOf({ methods = {}, resources = {} }: Resource): { id: string; scopes: string[] }[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

describe("19.docs: the table of Google's methods", () => {
  test.skipIf(!hasFixtures)(
    `has every method of the discovery document, with a scope of it${skipped}`,
    () => {
      const described = methodsOf(discoveryDocument('calendar-v3') as Resource);
      const scopes = new Map(described.map((method) => [method.id.replace('calendar.', ''), method.scopes]));
      expect(ROWS.map(([, ids]) => ids?.[0] ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual(
        [...scopes.keys()].toSorted((a, b) => a.localeCompare(b)),
      );
      for (const [, [id = ''] = [], , [scope] = []] of ROWS) {
        expect(scopes.get(id)).toContain(`https://www.googleapis.com/auth/${scope}`);
      }
    },
  );

  test('names methods that exist, and all that send a method of Google', () => {
    const client = new GoogleCalendarClient({ auth: 'token' });
    const named = ROWS.flatMap(([, , names]) => names ?? []);
    for (const name of named.filter((one) => one !== 'client.fetch')) {
      const [resource = '', method = ''] = name.split('.');
      expect(typeof Reflect.get(Reflect.get(client, resource) as object, method), name).toBe('function');
    }
    for (const [name, { library }] of Object.entries(CALENDAR_OPERATIONS)) {
      if (library === 'batch') continue;
      const row = ROWS.find(([, ids]) => ids?.[0] === library);
      const names = row?.[2] ?? [];
      expect(names, library).toContain(name);
    }
  });
});
