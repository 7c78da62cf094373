// What a call that the service refuses costs, beside one that it answers: CPU over a fetch that answers at once. Each user has a token
// of their own, as where a service refuses many users at once.
import { randomBytes } from 'node:crypto';
import { GoogleCalendarClient } from '@context-sdk/google-workspace';
import { report } from './report.ts';

const USERS = 300;
const WARM_UP = 50;
const SECRET_LENGTH = 220;
const REFUSAL = {
  error: {
    code: 403,
    message: 'The user does not have the permission to do this.',
    errors: [{ domain: 'calendar', reason: 'forbidden', message: 'Forbidden' }],
  },
};

/** Microseconds of a call by a user who has not called before. */
async function cpuOf(status: number, body: object): Promise<number> {
  const fetch = async (): Promise<Response> => Response.json(body, { status });
  const clients = Array.from({ length: WARM_UP + USERS }, () => {
    const auth = `ya29.${randomBytes(SECRET_LENGTH).toString('base64url').slice(0, SECRET_LENGTH)}`;
    return new GoogleCalendarClient({ auth, fetch });
  });
  const call = (client: GoogleCalendarClient): Promise<unknown> =>
    client.events.get('event').catch((error: unknown) => error);
  for (const client of clients.slice(0, WARM_UP)) await call(client);
  const before = process.cpuUsage();
  for (const client of clients.slice(WARM_UP)) await call(client);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / USERS;
}

const answered = await cpuOf(200, { id: 'event' });
const refused = await cpuOf(403, REFUSAL);
report(`A first call of each of ${USERS} users`, [
  { what: 'answered', value: answered, unit: 'µs', digits: 0 },
  { what: 'refused', value: refused, unit: 'µs', digits: 0 },
  { what: 'refused / answered', value: refused / answered, digits: 1, goal: { atMost: 4 } },
]);
