import { type ApiRoute, reading } from '../api-call.ts';
import { unknownException } from '../api-failure.ts';

/** The account's settings, of which the API shows the time zone. GET fails. */
export const PREFERENCE_ROUTES: readonly ApiRoute[] = [
  reading('preference.get', 'POST /preference', ({ data }) => ({ timeZone: data.account.timeZone })),
  reading('preference.get', 'GET /preference', () => {
    throw unknownException();
  }),
];
