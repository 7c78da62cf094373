import { describe, expect, test } from 'vitest';
import { caseFiles, type PeerCase } from './case-files.ts';
import { JUDGES } from './judges.ts';

const files = caseFiles();
const OUTCOMES = new Set(['expected', 'ours', 'differs']);

/** Stands beside what came of it, so that a failure says which case it is. */
function inputOf(given: PeerCase): object {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !OUTCOMES.has(name)));
}

describe.each(files)('22.2: $name', ({ kind, source, cases }) => {
  test(`${cases.length} cases: each agrees, or differs as it says`, async () => {
    expect(source).toMatch(/^https:\/\//);
    const judge = JUDGES[kind];
    const results = await Promise.all(cases.map(async (given) => (await judge?.(given)) ?? null));
    expect(cases.map((given, index) => ({ ...inputOf(given), result: results[index] }))).toEqual(
      cases.map((given) => ({
        ...inputOf(given),
        result: given.differs === undefined ? given.expected : given.ours,
      })),
    );
  });

  test('a case that is said to differ does', () => {
    const explained = cases.filter(({ differs }) => differs !== undefined);
    for (const { ours, expected } of explained) expect(ours).not.toEqual(expected);
  });
});

test('22.2: there are 500 cases, none twice', () => {
  const all = files.flatMap(({ name, cases }) =>
    cases.map((given) => JSON.stringify([name, inputOf(given)])),
  );
  expect(all.length).toBeGreaterThanOrEqual(500);
  expect(new Set(all).size).toBe(all.length);
});
