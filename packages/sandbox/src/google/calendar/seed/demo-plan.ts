/** An event of the demo. */
export interface PlannedEvent {
  readonly summary: string;
  /** Days after the Monday of the present week. */
  readonly day: number;
  /** `HH:MM`; without it the event takes whole days. */
  readonly at?: string;
  /** Default: 30. */
  readonly minutes?: number;
  /** Default: 1. */
  readonly days?: number;
  readonly guests?: readonly string[];
  readonly cancelled?: boolean;
  readonly location?: string;
  readonly description?: string;
  readonly transparency?: 'transparent';
  readonly recurrence?: string[];
}

/** Something on each day of two weeks, so that the demo is complete whenever it is shown. */
export const PRIMARY_PLAN: readonly PlannedEvent[] = [
  {
    summary: 'Stand-up',
    day: 0,
    at: '09:15',
    minutes: 15,
    recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    guests: ['grace@example.com', 'noor@example.org'],
  },
  { summary: 'Sprint planning', day: 0, at: '10:00', minutes: 90, location: 'Raum Elbe' },
  { summary: 'Lunch with Noor', day: 0, at: '12:30', minutes: 60, location: 'Café Übersee' },
  {
    summary: 'Design review: consent page',
    day: 1,
    at: '11:00',
    minutes: 60,
    guests: ['grace@example.com'],
    description: 'Screens 3–7. Please read them before.',
  },
  { summary: 'Interview: backend engineer', day: 1, at: '11:30', minutes: 60, location: 'Raum Spree' },
  { summary: 'Zahnarzt', day: 1, at: '16:45', minutes: 45 },
  { summary: 'Focus: migration', day: 2, at: '09:30', minutes: 150 },
  { summary: '1:1 Grace', day: 2, at: '14:00', guests: ['grace@example.com'] },
  { summary: 'Quarterly numbers', day: 2, at: '15:30', minutes: 60, cancelled: true },
  { summary: 'Customer call: Øresund Rail', day: 3, at: '10:00', minutes: 45 },
  { summary: 'Tech talk: time zones', day: 3, at: '16:00', minutes: 60, transparency: 'transparent' },
  { summary: 'Retro', day: 4, at: '13:00', minutes: 60, guests: ['grace@example.com'] },
  { summary: 'Birthday: Papa', day: 5, transparency: 'transparent' },
  { summary: 'Brunch with Jonas', day: 6, at: '11:00', minutes: 90, location: 'Café Übersee' },
  { summary: 'Conference, Hamburg', day: 7, days: 2, location: 'Hamburg' },
  { summary: 'Train to Hamburg', day: 7, at: '06:34', minutes: 110 },
  { summary: 'Budget', day: 9, at: '10:00', minutes: 60, guests: ['grace@example.com'] },
  { summary: 'Release 2.4', day: 10, at: '11:00', minutes: 30 },
  { summary: 'Retro', day: 11, at: '13:00', minutes: 60, guests: ['grace@example.com'] },
  { summary: 'Market hall', day: 12, at: '09:30', minutes: 60 },
  { summary: 'Call Aunt Ines', day: 13, at: '17:00' },
];

export const CLIMBING_PLAN: readonly PlannedEvent[] = [
  {
    summary: 'Klettern',
    day: 1,
    at: '19:00',
    minutes: 120,
    location: 'Kletterhalle Nord',
    recurrence: ['RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU'],
  },
  { summary: 'Wettkampf', day: 12, at: '09:00', minutes: 480 },
];

export const COLLEAGUE_PLAN: readonly PlannedEvent[] = [
  { summary: 'Stand-up', day: 0, at: '09:15', minutes: 15, recurrence: ['RRULE:FREQ=DAILY;COUNT=5'] },
  { summary: 'On call', day: 2, days: 3, transparency: 'transparent' },
  { summary: 'Vendor meeting', day: 3, at: '13:00', minutes: 120 },
  { summary: 'Holiday', day: 10, days: 2 },
];
