import { isObject } from '@context-sdk/oauth-core/client-kit';

/** Handles in the stead of a lost record get numbers that none had before, as fast as handles may have been given. */
const PER_MS = 0.01;

/** What every record of an assistant's handles has. */
export function isHandleRecord(value: object | undefined): boolean {
  const { next, known }: { next?: unknown; known?: unknown } = value ?? {};
  return Number.isInteger(next) && isObject(known) && Object.values(known).every(isObject);
}

/** The first number after those of a record that is lost: an old handle must not name another item. */
export function numberAfterLoss(): number {
  return Math.floor(Date.now() * PER_MS);
}

/** Stands in for a record of handles that is lost. */
export function lostHandles(): { value: object } {
  return { value: { owner: '', next: numberAfterLoss(), known: {} } };
}
