import { type GoogleCall, type GoogleMethod, scopeUrls } from '../../api/method.ts';

/** A method of Calendar: its id without `calendar.`, `METHOD /path` below `/calendar/v3`, short scope names. */
export function calendarMethod(
  id: string,
  route: string,
  scopes: string,
  handle: (call: GoogleCall) => unknown,
): GoogleMethod {
  const [method = '', path = ''] = route.split(' ');
  return {
    operation: `calendar.${id}`,
    api: 'calendar',
    method,
    path: `/calendar/v3${path}`,
    scopes: scopeUrls(scopes),
    units: 1,
    handle,
  };
}
