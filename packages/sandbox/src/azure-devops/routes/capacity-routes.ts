import { isJsonObject, type JsonObject, type JsonValue, omitUndefined, textOf } from '../../json.ts';
import { DAY_MS } from '../../time/clock.ts';
import {
  type ApiCall,
  type ApiRoute,
  listOf,
  pathParam,
  reading,
  requiredTeam,
  teamUrl,
  writing,
} from '../api/api-call.ts';
import { property, readJson, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import type { Capacity, DaysOff } from '../organization/team.ts';
import { readDate } from '../work-items/read-date.ts';
import { teamIteration } from './team-iteration-routes.ts';

const ROUTE = 'work/teamsettings/iterations/{iteration}';

/** What the members of a team can do in an iteration, and its days off. */
export const CAPACITY_ROUTES: readonly ApiRoute[] = [
  reading('capacity.list', `GET ${ROUTE}/capacities`, (call) => {
    const members = requiredTeam(call).members.map((person) => ({
      person,
      capacity: capacityOf(call, person),
    }));
    const used = members.filter(({ capacity }) => capacity !== undefined);
    return {
      teamMembers: used.map(({ person, capacity }) => capacityToWire(call, person, capacity)),
      totalCapacityPerDay: used.reduce((sum, { capacity }) => sum + perDay(capacity), 0),
      totalDaysOff: used.reduce((sum, { capacity }) => sum + daysIn(capacity?.daysOff ?? []), 0),
      totalIterationDays: 0,
    };
  }),
  reading('capacity.get', `GET ${ROUTE}/capacities/{member}`, (call) => {
    const person = memberOf(call, pathParam(call, 'member'));
    return capacityToWire(call, person, capacityOf(call, person));
  }),
  writing('capacity.replaceAll', `PUT ${ROUTE}/capacities`, (call) => {
    const body = readJson(call.request, 'application/json');
    if (!Array.isArray(body)) throw invalidValue('The capacities must be a list.');
    const entries = body.map((entry) => setCapacity(call, memberIn(call, entry), entry));
    return listOf(entries);
  }),
  writing('capacity.update', `PATCH ${ROUTE}/capacities/{member}`, (call) =>
    setCapacity(call, memberOf(call, pathParam(call, 'member')), readObject(call.request)),
  ),
  reading('teamDaysOff.get', `GET ${ROUTE}/teamdaysoff`, daysOffToWire),
  writing('teamDaysOff.update', `PATCH ${ROUTE}/teamdaysoff`, (call) => {
    requiredTeam(call).daysOff.set(teamIteration(call).identifier, daysOffIn(readObject(call.request)));
    return daysOffToWire(call);
  }),
];

function memberOf(call: ApiCall, id: string): AzureDevOpsPerson {
  const person = requiredTeam(call).members.find((one) => one.id === id);
  if (!person) throw invalidValue(`The team has no member ${id}.`);
  return person;
}

function memberIn(call: ApiCall, entry: JsonValue): AzureDevOpsPerson {
  const member = isJsonObject(entry) ? property(entry, 'teamMember') : undefined;
  return memberOf(call, isJsonObject(member) ? textOf(property(member, 'id')) : '');
}

function capacityOf(call: ApiCall, { id }: AzureDevOpsPerson): Capacity | undefined {
  return requiredTeam(call).capacities.get(teamIteration(call).identifier)?.get(id);
}

/** What is not given stays as it is. */
function setCapacity(call: ApiCall, person: AzureDevOpsPerson, entry: JsonValue): JsonObject {
  const { capacities } = requiredTeam(call);
  const { identifier } = teamIteration(call);
  const old = capacityOf(call, person) ?? { activities: [], daysOff: [] };
  const body = isJsonObject(entry) ? entry : {};
  const capacity = {
    activities: activitiesIn(property(body, 'activities')) ?? old.activities,
    daysOff: property(body, 'daysOff') === undefined ? old.daysOff : daysOffIn(body),
  };
  const ofIteration = capacities.get(identifier) ?? new Map<string, Capacity>();
  capacities.set(identifier, ofIteration.set(person.id, capacity));
  return capacityToWire(call, person, capacity);
}

function activitiesIn(value: JsonValue | undefined): Capacity['activities'] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isJsonObject).map((activity) => ({
    name: textOf(property(activity, 'name')),
    capacityPerDay: Number(property(activity, 'capacityPerDay') ?? 0),
  }));
}

function daysOffIn(body: JsonObject): readonly DaysOff[] {
  const value = property(body, 'daysOff');
  if (!Array.isArray(value)) throw invalidValue('The property daysOff must be a list.');
  return value.filter(isJsonObject).map((days) => ({
    start: momentIn(days, 'start'),
    end: momentIn(days, 'end'),
  }));
}

function momentIn(days: JsonObject, name: string): string {
  const ms = readDate(textOf(property(days, name)));
  if (ms === undefined) throw invalidValue(`The ${name} of days off is no date.`);
  return new Date(ms).toISOString();
}

export function perDay(capacity: Capacity | undefined): number {
  return (capacity?.activities ?? []).reduce((sum, { capacityPerDay }) => sum + capacityPerDay, 0);
}

export function daysIn(daysOff: readonly DaysOff[]): number {
  return daysOff.reduce((sum, { start, end }) => sum + (Date.parse(end) - Date.parse(start)) / DAY_MS + 1, 0);
}

function capacityToWire(
  call: ApiCall,
  person: AzureDevOpsPerson,
  capacity: Capacity | undefined,
): JsonObject {
  const { activities, daysOff } = capacity ?? { activities: [{ name: '', capacityPerDay: 0 }], daysOff: [] };
  const url = teamUrl(
    call,
    `work/teamsettings/iterations/${teamIteration(call).identifier}/capacities/${person.id}`,
  );
  return omitUndefined({
    teamMember: call.organization.identityOf(person),
    activities: activities.map((activity) => ({ ...activity })),
    daysOff: daysOff.map((days) => ({ ...days })),
    url,
  });
}

function daysOffToWire(call: ApiCall): JsonObject {
  const daysOff = requiredTeam(call).daysOff.get(teamIteration(call).identifier) ?? [];
  return {
    daysOff: daysOff.map((days) => ({ ...days })),
    url: teamUrl(call, `work/teamsettings/iterations/${teamIteration(call).identifier}/teamdaysoff`),
  };
}
