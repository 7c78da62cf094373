import { isJsonObject, type JsonObject, stringOf } from '../../../json.ts';
import { checkIfMatch } from '../../api/etags.ts';
import { invalid, notFound, required } from '../../api/failures.ts';
import type { GoogleCall, GoogleMethod } from '../../api/method.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { listRules, roleOfRule, ruleEtag, ruleToWire, USER_RULE } from '../list/list-rules.ts';
import type { Channels } from '../push/channels.ts';
import { rulesOf } from '../push/watched-resources.ts';
import { ACCESS_ROLES, type AccessRole, type CalendarData } from '../store/calendar-data.ts';
import type { Calendars } from '../store/calendars.ts';

type AclMethod = `acl.${'delete' | 'get' | 'insert' | 'list' | 'patch' | 'update' | 'watch'}`;

/** Who may do what with a calendar. A rule's id is its scope: `user:grace@example.com`, `default`. */
export function aclMethods({
  calendars,
  channels,
}: {
  calendars: Calendars;
  channels: Channels;
}): Record<AclMethod, GoogleMethod['handle']> {
  // "writer: Provides read access to the calendar's ACLs": discovery.
  const open = (call: GoogleCall, minimum: 'writer' | 'owner' = 'owner'): CalendarData =>
    calendars.open(call.account, pathParam(call, 'calendarId'), minimum).calendar;
  return {
    'acl.list': (call) => listRules(call, open(call, 'writer')),
    'acl.get': (call) => existing(open(call, 'writer'), pathParam(call, 'ruleId')),
    'acl.insert': (call) => {
      const calendar = open(call);
      const body = readBody(call);
      return set(calendar, idOf(body), readRole(body));
    },
    'acl.patch': change,
    'acl.update': change,
    'acl.delete': (call) => {
      const calendar = open(call);
      const id = pathParam(call, 'ruleId');
      existing(calendar, id);
      checkIfMatch(call, ruleEtag(calendar, id));
      if (id === USER_RULE + calendar.owner.email) throw invalid('The owner cannot be removed.');
      set(calendar, id, undefined);
    },
    'acl.watch': (call) => channels.open(call, rulesOf(open(call, 'writer').id), readBody(call)),
  };

  function change(call: GoogleCall): JsonObject {
    const calendar = open(call);
    const id = pathParam(call, 'ruleId');
    existing(calendar, id);
    checkIfMatch(call, ruleEtag(calendar, id));
    return set(calendar, id, readRole(readBody(call)));
  }

  /** Without a role, the rule goes. A user's rule puts the calendar on the user's list. */
  function set(calendar: CalendarData, id: string, role: AccessRole | undefined): JsonObject {
    if (id.startsWith(USER_RULE)) calendars.share(calendar, id.slice(USER_RULE.length), role);
    else {
      if (role === undefined) calendar.rules.delete(id);
      else calendar.rules.set(id, role);
      calendar.noteRule(id);
    }
    channels.announce(rulesOf(calendar.id).key);
    return ruleToWire(calendar, id);
  }
}

function existing(calendar: CalendarData, id: string): JsonObject {
  if (roleOfRule(calendar, id) === undefined) throw notFound();
  return ruleToWire(calendar, id);
}

/** `none` takes the right away. */
function readRole({ role }: JsonObject): AccessRole | undefined {
  if (role === 'none') return undefined;
  const known = ACCESS_ROLES.find((one) => one === role);
  if (known === undefined) throw invalid(`Invalid value '${stringOf(role)}'.`, 'role');
  return known;
}

function idOf({ scope }: JsonObject): string {
  if (!isJsonObject(scope)) throw required('Missing scope.', 'scope');
  const { type, value } = scope;
  if (type === 'default') return 'default';
  if (type !== 'user' && type !== 'group' && type !== 'domain')
    throw invalid('Invalid scope type.', 'scope.type');
  if (typeof value !== 'string' || value === '') throw required('Missing scope value.', 'scope.value');
  return `${type}:${value}`;
}
