import type { ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { checkedDayAsTime } from '../classification/days.ts';
import { invalid } from '../errors.ts';
import { checkList, checkObject } from '../input.ts';
import type { IdentityRef } from '../model/identity.ts';

/** Days off, both included, as times at midnight UTC. */
export interface DaysOff {
  start: string;
  end: string;
}

/** What a member can do in an iteration. */
export interface Capacity {
  teamMember: IdentityRef;
  /** Hours per day, by activity. */
  activities: { name: string; capacityPerDay: number }[];
  daysOff: DaysOff[];
  [more: string]: unknown;
}

/** What a team can do in an iteration. */
export interface TeamCapacity {
  members: Capacity[];
  /** Of the whole team. */
  daysOff: DaysOff[];
}

/** Changes to a member's capacity; what is left out stays. */
export interface CapacityInput {
  /** Hours per day, by activity. */
  activities?: readonly { name: string; capacityPerDay: number }[] | undefined;
  /** Days as `2026-12-24`, both included. */
  daysOff?: readonly { start: string; end: string }[] | undefined;
}

/** Older servers answer with the list alone. */
export function readCapacities(response: ServiceResponse): Capacity[] {
  const { teamMembers } = response.object<{ teamMembers?: unknown }>();
  const list = response.member(teamMembers === undefined ? 'value' : 'teamMembers');
  return list.list<Capacity>({ teamMember: 'object' });
}

export function readDaysOff(response: ServiceResponse): DaysOff[] {
  return response.member('daysOff', []).list<DaysOff>({ start: 'string', end: 'string' });
}

/** Throws {@link InvalidRequestError} naming what can't be right. */
export function wireCapacity(input: CapacityInput): object {
  checkObject(input, 'input');
  const { activities, daysOff } = input;
  if (activities === undefined && daysOff === undefined) throw invalid('input', 'is empty');
  for (const [name, list] of Object.entries({ activities, daysOff }))
    if (list !== undefined) checkList(list, name);
  for (const [name, list] of Object.entries({ activities, daysOff }))
    for (const [index, one] of (list ?? []).entries()) checkObject(one, `${name}[${index}]`);
  for (const [index, { capacityPerDay }] of (activities ?? []).entries()) {
    if (!(capacityPerDay >= 0 && capacityPerDay <= 24)) {
      throw invalid(`activities[${index}].capacityPerDay`, 'is not a number of hours from 0 to 24');
    }
  }
  return {
    activities,
    daysOff: daysOff?.map(({ start, end }, index) => ({
      start: checkedDayAsTime(start, `daysOff[${index}].start`),
      end: checkedDayAsTime(end, `daysOff[${index}].end`),
    })),
  };
}
