import { expect, test } from 'vitest';
import { releasedChangelog } from './changelog.ts';

const CHANGELOG = `# Changelog

## Unreleased: one bundle

- One.

## Unreleased

- Two.

## 0.1.0 (2026-12-01)

- First.
`;

test('what was unreleased stands under the version, and older versions stay as they are', () => {
  expect(releasedChangelog(CHANGELOG, '0.2.0', '2027-01-02')).toBe(`# Changelog

## 0.2.0 (2027-01-02)

### One bundle

- One.



- Two.

## 0.1.0 (2026-12-01)

- First.
`);
});

test('a release that tells nothing is refused', () => {
  expect(() => releasedChangelog('# Changelog\n\n## 0.1.0\n', '0.2.0', '2027-01-02')).toThrow('Unreleased');
});
