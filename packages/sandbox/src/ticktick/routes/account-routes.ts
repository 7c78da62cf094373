import { type ApiCall, type ApiRoute, reading, unknownException, writing } from '../api-call.ts';
import { readObject, readString, required } from '../read-json.ts';
import type { Tag } from '../records.ts';

/** The account's settings, of which the API shows the time zone. GET fails. */
export const PREFERENCE_ROUTES: readonly ApiRoute[] = [
  reading('preference.get', 'POST /preference', ({ data }) => ({ timeZone: data.account.timeZone })),
  reading('preference.get', 'GET /preference', () => {
    throw unknownException();
  }),
];

/** The account's own list of tags; one that a task carries need not be in it. */
export const TAG_ROUTES: readonly ApiRoute[] = [
  reading('tag.list', 'GET /tag', ({ data }) => [...data.tags.values()]),
  writing('tag.create', 'POST /tag', create),
];

/** The label in lower case must be the name; that anything else is refused is inference. */
function create({ data, body }: ApiCall): Tag {
  const name = required(readString(readObject(body), 'name')).toLowerCase();
  const label = required(readString(readObject(body), 'label'));
  if (label.toLowerCase() !== name) throw unknownException();
  const tag: Tag = data.tags.get(name) ?? {
    name,
    label,
    sortOrder: data.tags.size,
    color: undefined,
    type: 1,
  };
  data.tags.set(name, tag);
  return tag;
}

/** Countdowns can only be listed. */
export const COUNTDOWN_ROUTES: readonly ApiRoute[] = [
  reading('countdown.list', 'GET /countdown', ({ data }) => [...data.countdowns.values()]),
];
