import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';

test('the thousand users who were used last keep their object, and their clients', () => {
  const { context } = startContext();
  const ada = context.user('ada');
  const grace = context.user('grace');
  for (let index = 0; index < 998; index += 1) context.user(`user-${index}`);
  // Ada is used again, so Grace is the one who has waited longest when one more comes.
  expect(context.user('ada')).toBe(ada);
  context.user('one more');
  expect(context.user('ada')).toBe(ada);
  expect(context.user('grace')).not.toBe(grace);
});
