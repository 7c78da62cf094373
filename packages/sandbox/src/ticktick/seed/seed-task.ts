import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import { DAY_MS, type SeedClock } from '../../time/clock.ts';
import { fromWallTime, toWallTime } from '../../time/zoned-time.ts';
import type { AccountData } from '../account-data.ts';
import { columnsOf } from '../projects.ts';
import { formatWireDate } from '../wire-date.ts';

const QUARTER_MS = 900_000;
const TIME_ZONES = ['Europe/Berlin', 'Asia/Tokyo', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe'];
const PRIORITIES = [0, 0, 0, 1, 3, 5];
const REPETITIONS = [
  'RRULE:FREQ=DAILY;INTERVAL=1',
  'RRULE:FREQ=WEEKLY;INTERVAL=1',
  'RRULE:FREQ=WEEKLY;INTERVAL=2',
  'RRULE:FREQ=MONTHLY;INTERVAL=1',
  'RRULE:FREQ=YEARLY;INTERVAL=1',
];
const STEPS = ['Collect what is needed', 'First draft', 'Ask for feedback 💬', 'Finish', 'Tell everyone'];
const CONTENTS = [
  'See the notes from last week.',
  'Details: https://example.com/wiki',
  'Ask before buying 🙏',
];

/** The fields of an open task, apart from title and project: dates, repetition, checklist, tags and so on, or none. */
export function openTaskBody(
  data: AccountData,
  projectId: string,
  clock: SeedClock,
  random: Random,
  tags: readonly string[],
): JsonObject {
  return {
    priority: random.pick(PRIORITIES),
    ...(random.chance(0.35) && { tags: [random.pick(tags)] }),
    ...(random.chance(0.25) && { content: random.pick(CONTENTS) }),
    ...(random.chance(0.12) && { items: STEPS.slice(0, 2 + random.integer(4)).map((title) => ({ title })) }),
    ...(random.chance(0.5) && dates(data, clock, random)),
    ...column(data, projectId, random),
  };
}

/** Up to ten days ago or two months ahead; half of them all day, most of them in the account's own zone. */
function dates(data: AccountData, clock: SeedClock, random: Random): JsonObject {
  const timeZone = random.chance(0.8) ? data.account.timeZone : random.pick(TIME_ZONES);
  const today = toWallTime(clock.today(), timeZone);
  const midnight = today - (today % DAY_MS) + (random.integer(70) - 10) * DAY_MS;
  const isAllDay = random.chance(0.5);
  const start = isAllDay ? midnight : midnight + (28 + random.integer(52)) * QUARTER_MS;
  const end = random.chance(0.15) ? start + (isAllDay ? 2 * DAY_MS : 4 * QUARTER_MS) : start;
  return {
    isAllDay,
    timeZone,
    startDate: formatWireDate(fromWallTime(start, timeZone)),
    dueDate: formatWireDate(fromWallTime(end, timeZone)),
    ...(random.chance(0.4) && { reminders: [isAllDay ? 'TRIGGER:P0DT9H0M0S' : 'TRIGGER:-PT15M'] }),
    ...(random.chance(0.2) && { repeatFlag: random.pick(REPETITIONS), repeatFrom: '2' }),
  };
}

function column(data: AccountData, projectId: string, random: Random): JsonObject {
  const columns = columnsOf(data, projectId);
  return columns.length > 0 ? { columnId: random.pick(columns).id } : {};
}
