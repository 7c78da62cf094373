import type { JsonObject } from '../../../json.ts';
import { badRequest } from '../../api/failures.ts';
import type { GoogleCall } from '../../api/method.ts';
import { queryFlag, queryParam } from '../../api/read-call.ts';
import type { AccessRole, CalendarData } from '../store/calendar-data.ts';
import { listEtag, pageOf, positionOf, readPosition } from './position.ts';

/** What the ids of users' rules begin with. */
export const USER_RULE = 'user:';

/** `acl.list`: all rules, or those that have changed since a sync token. One that was taken away has the role `none`. */
export function listRules(call: GoogleCall, calendar: CalendarData): JsonObject {
  const { id: name, ruleRevision: revision, syncGeneration, syncRefusal } = calendar;
  const changing = { name: `acl/${name}`, revision, syncGeneration, syncRefusal };
  const since = readPosition(call, changing);
  if (since !== undefined && queryParam(call, 'showDeleted') === 'false') {
    throw badRequest('The syncToken cannot be combined with: showDeleted=false.');
  }
  const showsDeleted = since !== undefined || queryFlag(call, 'showDeleted');
  const ids = [...calendar.ruleChanges]
    .filter(([id, at]) => at > (since ?? 0) && (showsDeleted || roleOfRule(calendar, id) !== undefined))
    .map(([id]) => id);
  const items = ids.map((id) => ruleToWire(calendar, id));
  return {
    kind: 'calendar#acl',
    etag: listEtag(changing),
    ...pageOf(call, items, positionOf(changing)),
  };
}

export function roleOfRule({ access, rules }: CalendarData, id: string): AccessRole | undefined {
  return id.startsWith(USER_RULE) ? access.get(id.slice(USER_RULE.length)) : rules.get(id);
}

/** A rule as the API answers it. */
export function ruleToWire(calendar: CalendarData, id: string): JsonObject {
  const at = id.indexOf(':');
  const scope = at < 0 ? { type: id } : { type: id.slice(0, at), value: id.slice(at + 1) };
  const role = roleOfRule(calendar, id) ?? 'none';
  return { kind: 'calendar#aclRule', etag: ruleEtag(calendar, id), id, scope, role };
}

export function ruleEtag({ ruleChanges }: CalendarData, id: string): string {
  return `"${String(ruleChanges.get(id) ?? 0).padStart(20, '0')}"`;
}
