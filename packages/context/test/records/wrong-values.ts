const ID = [undefined, null, '', 7, {}, []];
const COUNT = [undefined, null, '1', -1, 0.5, 1e300];
const FLAG = [undefined, null, 'yes', 1];
const INSTANT = [undefined, null, '', 'soon', 7, '2026-13-01T00:00:00Z'];
/** Of members that may be missing. */
const TIME = [null, 'soon', -1, 1e300, {}];
const TEXT = [null, 7, {}];
const HOLED = [null, 'x', {}, [null], [7]];

/** What a member of a record can't be, by the prefix of the record's key. */
export const WRONG: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  'block-time/': {
    calendarId: ID,
    eventId: ID,
    userId: TEXT,
    more: [...HOLED, [{ calendarId: 'primary' }], [{ calendarId: '', eventId: 'e' }]],
    mayBeIn: [null, '', 7],
    wish: [null, 7, []],
    'wish.minutes': [undefined, null, '30', 0, -1, 1e300],
    'wish.from': [undefined, ...TIME],
    'wish.to': [undefined, ...TIME],
    'wish.options': [undefined, null, [], 'x'],
    'wish.options.title': [7, {}],
    'wish.options.timeZone': [7, {}, 'Nowhere/At_All'],
    'wish.options.protected': ['yes', 1],
    'wish.options.otherCalendarIds': [7, 'primary'],
    'wish.onTaskChange': [null, 7, 'explode'],
  },
  'plans/': {
    count: COUNT,
    applied: [undefined, ...HOLED, [{ id: '', isComplete: true }]],
    'applied.0.id': ID,
    'applied.0.isComplete': FLAG,
  },
  'push/ada/azure-devops/': {
    owner: ID,
    push: [undefined, null, [], 'x'],
    'push.username': ID,
    'push.password': ID,
    'push.subscriptionIds': [undefined, null, 'x', [7], ['']],
  },
  'push/ada/google-calendar/': {
    owner: ID,
    'push.channels': [undefined, ...HOLED],
    'push.channels.0.id': ID,
    'push.channels.0.resourceId': [null, 7],
    'push.channels.0.calendarId': [null, 7, ''],
    'push.channels.0.askedAt': TIME,
    'push.channels.0.renewAt': TIME,
  },
  'push/ada/gmail/': { owner: ID, 'push.emailAddress': [undefined, ...TEXT] },
  'hook/azure-devops/': { userId: ID, owner: ID, password: ID },
  'channel/': {
    userId: ID,
    owner: ID,
    token: ID,
    calendarId: [null, 7, ''],
    resourceId: TEXT,
    notifiedAt: TIME,
  },
  'delivery/ada/': { state: [undefined, null, 'over', 7], attempts: COUNT },
  'draft-email/ada/': { 'data.id': ID },
  'work-item/': {
    'data.id': [undefined, null, '1', -1, 0, 0.5, 1e300],
    'data.userId': ID,
    'data.isLinked': FLAG,
  },
  'link-item/ada/': { taskId: ID },
  'tool-plan/ada/': {
    plan: [undefined, null, [], 'x'],
    'plan.id': ID,
    'plan.timeZone': [...ID, 'Nowhere/At_All'],
    'plan.pieces': [undefined, ...HOLED],
    'plan.pieces.0.taskId': ID,
    'plan.pieces.0.title': TEXT,
    'plan.pieces.0.occurrence': TEXT,
    'plan.pieces.0.start': INSTANT,
    'plan.pieces.0.end': [...INSTANT, '2000-01-01T00:00:00Z'],
    'plan.pieces.0.action': [undefined, null, 7, 'delete'],
    'plan.pieces.0.block': [null, 7, {}, { calendarId: 'primary' }, { calendarId: '', eventId: '' }],
    'plan.pieces.0.showsFree': [null, 'yes'],
    'plan.pieces.0.reason': [undefined, null, 7],
    'plan.pieces.0.reasons': [undefined, null, 'x', [7]],
    'plan.late': [undefined, ...HOLED, [{ taskId: 't' }], [{ taskId: 't', minutes: -1 }]],
    'plan.unplaced': [undefined, ...HOLED, [{ taskId: 't', minutes: 5, reason: 'x' }]],
    'plan.removed': [undefined, ...HOLED, [{ calendarId: 'primary', eventId: 'e' }]],
    'plan.request': [undefined, null, [], 'x'],
    'plan.request.tasks': [undefined, ...HOLED, [{ id: '' }]],
    'plan.request.within': [undefined, null, {}, { from: 'soon', to: 'later' }],
    'plan.request.workingHours': [7, 'x', { mon: 7 }],
    'plan.request.granularityMinutes': ['x', -1, 1e300],
  },
};
