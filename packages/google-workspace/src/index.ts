export * from '@context-sdk/oauth-core/errors';

export { GoogleCalendarClient, type GoogleCalendarClientOptions } from './calendar/client.ts';
export type { AccessRole, CalendarListEntry } from './calendar/calendars/calendar-list-entry.ts';
export type { CalendarQuery } from './calendar/calendars/calendars.ts';
export { allDay } from './calendar/events/all-day.ts';
export type { Channel, WatchOptions } from './calendar/events/channels/channel.ts';
export type { ConferenceData, ConferenceEntryPoint } from './calendar/events/conference.ts';
export type {
  CalendarEvent,
  EventAttachment,
  EventAttendee,
  EventFields,
  EventPerson,
  EventReminder,
} from './calendar/events/event.ts';
export type { EventChanges, EventInput, NewEventInput, SendUpdates } from './calendar/events/event-input.ts';
export type {
  ChangeOptions,
  CreateOptions,
  DeleteOptions,
  EventOptions,
  MoveOptions,
  ReadOptions,
} from './calendar/events/event-options.ts';
export type { EventQuery, EventType, InstanceQuery } from './calendar/events/event-query.ts';
export type { EventTime, EventTimeInput } from './calendar/events/event-time.ts';
export type {
  BirthdayProperties,
  FocusTimeProperties,
  OutOfOfficeProperties,
  WorkingLocationProperties,
} from './calendar/events/status-properties.ts';
export type { CalendarChanges, DeletedEvent, SyncOptions } from './calendar/events/sync/sync-options.ts';
export type { BusyPeriod, CalendarBusy, UnknownCalendar } from './calendar/free-busy/busy.ts';
export type { FindSlotsQuery, FoundSlots, FreeBusyQuery } from './calendar/free-busy/free-busy.ts';
export { freeSlots } from './calendar/free-busy/slots/free-slots.ts';
export type {
  FreeSlotOptions,
  FreeSlots,
  Slot,
  SlotOptions,
} from './calendar/free-busy/slots/slot-options.ts';
export type { Weekday, WorkingHours } from './calendar/free-busy/slots/working-hours.ts';
export type { Instant } from './calendar/time/instant.ts';
export type { Range } from './calendar/time/span.ts';
export { CALENDAR_LIMITS, type CalendarMethod } from './calendar/methods.ts';
export type { GoogleClientOptions } from './client-options.ts';
export { GmailClient, type GmailClientOptions } from './gmail/client.ts';
export type { Drafts } from './gmail/drafts.ts';
export type { HistoryRecord, HistoryType, MailboxChanges } from './gmail/history.ts';
export type { ChangesOptions, GmailMailbox, MailboxWatch, WatchInput } from './gmail/mailbox.ts';
export type {
  Draft,
  Message,
  MessageFormat,
  MessageHeader,
  MessagePart,
  MessagePartBody,
  MessageRef,
  Thread,
} from './gmail/message.ts';
export type { MessageReadOptions, Messages } from './gmail/messages.ts';
export { GMAIL_LIMITS, type GmailMethod } from './gmail/methods.ts';
export type { GmailProfile, Profile } from './gmail/profile.ts';
export type { DraftQuery, MessageQuery } from './gmail/query.ts';
export { type Original, type Reply, replyTo } from './gmail/reply-to.ts';
export type { ThreadReadOptions, Threads } from './gmail/threads.ts';
export type { CalendarApi, CalendarLibrary } from './library/calendar-library.ts';
export type { GmailApi, GmailLibrary } from './library/gmail-library.ts';
export type { LibraryAnswer, LibraryCall, LibraryOptions } from './library/library-call.ts';
export type { Address, Attachment, AttachmentContent, Mail } from './mime/mail.ts';
export type { ReadDelivery } from './push/delivery-body.ts';
export {
  type GmailPushEvent,
  type GmailPushOptions,
  type MailboxChange,
  parseGmailPush,
} from './push/parse-gmail-push.ts';
export type { CalendarPush, CalendarPushEvent } from './push/calendar-push-event.ts';
export { parseCalendarPush, type CalendarPushOptions } from './push/parse-calendar-push.ts';
export type { PushHeaders } from './push/push-headers.ts';
