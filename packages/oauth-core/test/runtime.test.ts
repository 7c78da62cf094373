import { expect, test } from 'vitest';

test('the tests run on the Node that the project brings, not on the system’s', () => {
  expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(22);
});
