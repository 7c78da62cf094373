import {
  type CallOptions,
  checkedTimeZone,
  isObject,
  type OwnOptions,
  zonedText,
} from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import type { CalendarService } from '../operations.ts';
import { alignedStarts, type Slot } from './free-slots.ts';
import { type KnownTimes, queryBusy } from './query-busy.ts';
import { checkedMinutes, checkedSlotOptions, SLOT_OPTIONS, type SlotOptions } from './slot-options.ts';
import { merged, type Span, without } from './spans.ts';
import { checkedHours, type WorkingHours, workingTime } from './working-hours.ts';
import { zoneSegments } from './zone-segments.ts';

/** Someone who should come. */
export interface Participant {
  /** A calendar: usually the person's address. A group's address stands for all of its members. */
  id: string;
  /** Whether the meeting may take place without this person. Default: false. */
  optional?: boolean | undefined;
  /** IANA: whose clocks the person's `workingHours` follow. Default: the query's. */
  timeZone?: string | undefined;
  /** Default: the query's. */
  workingHours?: WorkingHours | undefined;
  /** Minutes to keep free around what is busy. Default: the query's. */
  bufferMinutes?: number | undefined;
}

/** Who should meet, and what a slot must be like. */
export interface CommonSlotsQuery extends SlotOptions, CallOptions {
  people: readonly Participant[];
  /** The most slots to return. Default: 10. */
  limit?: number | undefined;
  /** Counts people about whom Google says nothing as absent if they are optional, and as free if not. Default: false. */
  despiteUnknown?: boolean | undefined;
}

const OPTIONS: OwnOptions<CommonSlotsQuery> = {
  ...SLOT_OPTIONS,
  people: 'list',
  despiteUnknown: 'boolean',
};

/** Why a person can't come. */
export interface Absence {
  id: string;
  reason: 'busy' | 'outsideWorkingHours' | 'unknown';
}

/** A time at which everyone who is required can meet. */
export interface CommonSlot extends Slot {
  /** 1 is the best. Those who can't come decide, then the time: the earlier the better. */
  rank: number;
  /** Optional people who can't come, and why. */
  absent: Absence[];
  /** What the slot is by each person's own clocks. */
  local: { id: string; start: string; end: string }[];
}

/** The best slots, and the people about whom nothing is known. */
export interface CommonSlots {
  slots: CommonSlot[];
  unknown: { id: string; errors: string[] }[];
  /** If there are no slots: required people who, by themselves, have no free time of that length. */
  blocking: string[];
}

/** A person's time, in epoch milliseconds. */
interface Availability {
  id: string;
  isOptional: boolean;
  timeZone: string;
  working: Span[];
  free: Span[];
  isUnknown: boolean;
}

/** Looks for slots at which all required people are free, and ranks them by how many optional people are, too. */
export async function findCommonSlots(
  service: CalendarService,
  query: CommonSlotsQuery,
): Promise<CommonSlots> {
  const call = service.call(query, OPTIONS);
  if (!isObject(query)) throw invalid('query', 'is not an object');
  const { limit = 10, despiteUnknown = false } = query;
  const wanted = checkedSlotOptions({ ...query, limit });
  const people = checkedPeople(query);
  const buffers = people.map(({ bufferMs }) => bufferMs);
  const widest = Math.max(...buffers);
  const { span, timeZone, durationMs, stepMs } = wanted;
  const around = { start: span.start - widest, end: span.end + widest };
  const known = await queryBusy(
    call,
    around,
    people.map(({ id }) => id),
  );
  const all = people.map((person): Availability => availabilityOf(person, span, known.get(person.id)));
  const unknown = all
    .filter(({ isUnknown }) => isUnknown)
    .map(({ id }) => ({ id, errors: known.get(id)?.errors ?? [] }));
  const required = all.filter(({ isOptional }) => !isOptional);
  const fits = ({ free }: Availability): boolean => free.some(({ start, end }) => end - start >= durationMs);
  const isBlind = !despiteUnknown && required.some(({ isUnknown }) => isUnknown);
  const common = isBlind ? [] : required.reduce((gaps, { free }) => intersection(gaps, free), [span]);
  const segments = zoneSegments(span, timeZone);
  const starts = common.flatMap(({ start, end }) => [
    ...alignedStarts({ start, end: end - durationMs }, segments, stepMs),
  ]);
  const optional = all.filter(({ isOptional }) => isOptional);
  const ranked = starts
    .map((start) => ({ start, absent: absences(optional, { start, end: start + durationMs }) }))
    .toSorted((a, b) => a.absent.length - b.absent.length || a.start - b.start)
    .slice(0, limit);
  return {
    slots: ranked.map(({ start, absent }, index) => ({
      start: zonedText(start, timeZone),
      end: zonedText(start + durationMs, timeZone),
      rank: index + 1,
      absent,
      local: all.map(({ id, timeZone: zone }) => ({
        id,
        start: zonedText(start, zone),
        end: zonedText(start + durationMs, zone),
      })),
    })),
    unknown,
    blocking: ranked.length > 0 ? [] : required.filter((one) => !fits(one)).map(({ id }) => id),
  };
}

type CheckedPerson = ReturnType<typeof checkedPeople>[number];

function checkedPeople(query: CommonSlotsQuery) {
  const { people, timeZone, workingHours, bufferMinutes = 0 } = query;
  if (!Array.isArray(people) || people.length === 0) throw invalid('people', 'is empty');
  const ids = new Set<string>();
  return (people as readonly Participant[]).map((person, index) => {
    const field = `people[${index}]`;
    if (typeof person !== 'object' || person === null) throw invalid(field, 'is not an object');
    const id = checkedId(person.id, `${field}.id`, invalid);
    if (ids.has(id)) throw invalid(`${field}.id`, 'is there twice');
    ids.add(id);
    const hours = person.workingHours ?? workingHours;
    return {
      id,
      isOptional: person.optional === true,
      timeZone: checkedTimeZone(person.timeZone ?? timeZone, `${field}.timeZone`, invalid),
      hours: hours ? checkedHours(hours, `${field}.workingHours`) : undefined,
      bufferMs: checkedMinutes(person.bufferMinutes ?? bufferMinutes, `${field}.bufferMinutes`, 0, 10_080),
    };
  });
}

function availabilityOf(person: CheckedPerson, span: Span, known: KnownTimes | undefined): Availability {
  const { id, isOptional, timeZone, hours, bufferMs } = person;
  const working = hours === undefined ? [span] : workingTime(zoneSegments(span, timeZone), hours);
  const isUnknown = known === undefined || known.errors.length > 0;
  const blocked = (known?.busy ?? [])
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({ start: start - bufferMs, end: end + bufferMs }));
  return { id, isOptional, timeZone, working, free: without(working, merged(blocked)), isUnknown };
}

function absences(people: readonly Availability[], slot: Span): Absence[] {
  const holds = (spans: readonly Span[]): boolean =>
    spans.some(({ start, end }) => start <= slot.start && end >= slot.end);
  return people.flatMap(({ id, isUnknown, working, free }): Absence[] => {
    if (isUnknown) return [{ id, reason: 'unknown' }];
    if (holds(free)) return [];
    return [{ id, reason: holds(working) ? 'busy' : 'outsideWorkingHours' }];
  });
}

/** What two lists of spans in order have in common. */
function intersection(one: readonly Span[], other: readonly Span[]): Span[] {
  const common: Span[] = [];
  for (const a of one) {
    for (const b of other) {
      const span = { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
      if (span.end > span.start) common.push(span);
    }
  }
  return common;
}
