import { invalid } from './invalid.ts';

/** Google's own ids have at most 1,024 characters. */
const MOST = 1024;

/** An id of Google that may stand in a path: any text, encoded by the library, but `.` and `..` would leave the path. */
export function checkedId(service: string, id: unknown, field: string): string {
  if (typeof id !== 'string' || id === '') throw invalid(service, field, 'is missing or not a text');
  if (id === '.' || id === '..' || !id.isWellFormed() || /\p{Cc}/u.test(id)) {
    throw invalid(service, field, 'is not an id of Google');
  }
  if (id.length > MOST) throw invalid(service, field, `is longer than ${MOST} characters`);
  return id;
}
