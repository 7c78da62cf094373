export { GoogleCalendarClient } from './calendar/client.ts';
export type { CalendarLibrary, GoogleCalendarClientOptions } from './calendar/client.ts';
export type { Acl, AclOptions, AclRule, AclScope, AclWriteOptions } from './calendar/acl/acl.ts';
export type { CalendarList, ListSettings } from './calendar/calendar-list/calendar-list.ts';
export type { ListChanges } from './calendar/calendar-list/sync-list.ts';
export type { CalendarInput, CalendarResource, CalendarUpdate } from './calendar/calendars/calendar-input.ts';
export type {
  AccessRole,
  CalendarListEntry,
  CalendarQuery,
  Calendars,
} from './calendar/calendars/calendars.ts';
export type { EventChange, EventOutcome, NewEventItem } from './calendar/events/bulk/bulk-items.ts';
export type { OpenChannel, ChannelOptions } from './calendar/channels/open-channel.ts';
export type { Channel, WatchEventsOptions } from './calendar/events/channels.ts';
export type { CalendarEvent, EventFields, EventTime, EventType } from './calendar/events/event.ts';
export type {
  ChangeEventOptions,
  CreateEventOptions,
  DeleteEventOptions,
  EventChanges,
  EventInput,
  EventOptions,
  EventTimeInput,
  MoveEventOptions,
  NewEventInput,
  ReadEventOptions,
  SendUpdates,
} from './calendar/events/event-input.ts';
export type {
  BirthdayProperties,
  ConferenceData,
  ConferenceEntryPoint,
  EventAttachment,
  EventAttendee,
  EventPerson,
  EventReminder,
  FocusTimeProperties,
  OutOfOfficeProperties,
  WorkingLocationProperties,
} from './calendar/events/event-parts.ts';
export type { FollowingChange, FollowingOptions } from './calendar/events/following/following.ts';
export type { EventResponse, RespondOptions } from './calendar/events/respond.ts';
export type { QuickAddOptions } from './calendar/events/event-requests.ts';
export type { EventQuery, InstanceQuery } from './calendar/events/event-query.ts';
export { allDay } from './calendar/events/event-times.ts';
export { type EventTimes, readEventTimes } from './calendar/events/read-event-times.ts';
export type { Events } from './calendar/events/events.ts';
export type { SyncOptions } from './calendar/events/sync-cursor.ts';
export type { CalendarChanges } from './calendar/events/sync-events.ts';
export type { DeletedEvent, SyncPage } from './calendar/events/sync-pages.ts';
export type {
  Absence,
  CommonSlot,
  CommonSlots,
  CommonSlotsQuery,
  Participant,
} from './calendar/free-busy/common-slots.ts';
export type {
  BusyPeriod,
  CalendarBusy,
  FindSlotsQuery,
  FoundSlots,
  FreeBusy,
  FreeBusyQuery,
  UnknownCalendar,
} from './calendar/free-busy/free-busy.ts';
export { freeSlots, type FreeSlots, freeTime, type Slot } from './calendar/free-busy/free-slots.ts';
export type { FreeSlotOptions, FreeTimeOptions, SlotOptions } from './calendar/free-busy/slot-options.ts';
export type { Weekday, WorkingHours } from './calendar/free-busy/working-hours.ts';
export type { ImportIcsOptions, ImportOutcome } from './calendar/ics/import-ics.ts';
export { type ImportedEvent, parseIcs } from './calendar/ics/parse-ics.ts';
export { type IcsOptions, toIcs } from './calendar/ics/to-ics.ts';
export type { CalendarOperationName } from './calendar/operations.ts';
export type { ColorPair, ColorPalettes, Colors } from './calendar/settings/colors.ts';
export type { CalendarSetting, Settings } from './calendar/settings/settings.ts';
export { GmailClient } from './gmail/client.ts';
export type { GmailClientOptions, GmailLibrary } from './gmail/client.ts';
export { draftUrl } from './gmail/drafts/draft-url.ts';
export type { DraftChanges } from './gmail/drafts/edit-draft.ts';
export type { DraftReadOptions, Drafts } from './gmail/drafts/drafts.ts';
export type {
  Label,
  LabelColor,
  LabelInput,
  LabelListVisibility,
  LabelUpdate,
  MessageListVisibility,
} from './gmail/labels/label.ts';
export type { Labels } from './gmail/labels/labels.ts';
export { isDraft } from './gmail/mailbox/mailbox.ts';
export type {
  AddedMessage,
  ChangesOptions,
  GmailMailbox,
  HistoryRecord,
  HistoryType,
  MailboxChanges,
  MailboxWatch,
  WatchInput,
} from './gmail/mailbox/mailbox.ts';
export type { GmailProfile, GmailProfiles } from './gmail/mailbox/profile.ts';
export type {
  Draft,
  Message,
  MessageFormat,
  MessageHeader,
  MessagePart,
  MessagePartBody,
  MessageRef,
  Thread,
  ThreadRef,
} from './gmail/messages/message.ts';
export type { LabelChanges } from './gmail/messages/label-changes.ts';
export type { Labeled } from './gmail/messages/labeled.ts';
export type { DraftQuery, MessageQuery } from './gmail/messages/message-query.ts';
export type {
  ImportMailOptions,
  InsertMailOptions,
  MessageReadOptions,
  Messages,
} from './gmail/messages/messages.ts';
export {
  type OriginalMail,
  type ReplyFields,
  replyTo,
  type ReplyToOptions,
} from './gmail/messages/reply-to.ts';
export type { MailForward, ThreadReply } from './gmail/replying/checked-input.ts';
export type { DeliveredMail } from './gmail/replying/deliver.ts';
export type { ForwardInput } from './gmail/replying/forward-mail.ts';
export type { ReplyInput } from './gmail/replying/reply-mail.ts';
export type { ReadAttachment, ReadMail } from './gmail/reading/mail-content.ts';
export { type MailAddress, parseAddresses } from './gmail/reading/parse-addresses.ts';
export { readMail } from './gmail/reading/read-mail.ts';
export type { ReadMessage, ReadThread } from './gmail/reading/read-thread.ts';
export { htmlToText } from './gmail/reading/html-to-text.ts';
export { visibleText, type VisibleText } from './gmail/reading/visible-text.ts';
export type { ThreadReadOptions, Threads } from './gmail/messages/threads.ts';
export type { Address, Attachment, AttachmentContent, CalendarPart, Mail } from './gmail/mime/mail.ts';
export type { FilterInput, VacationInput } from './gmail/settings/bodies.ts';
export type {
  AutoForwarding,
  Delegate,
  FilterAction,
  FilterCriteria,
  ForwardingAddress,
  ImapSettings,
  LanguageSettings,
  MailFilter,
  PopSettings,
  SendAs,
  SendAsInput,
  Vacation,
  VerificationStatus,
} from './gmail/settings/resources.ts';
export type { SendAsAddresses } from './gmail/settings/send-as.ts';
export type { Setting, SettingList } from './gmail/settings/setting.ts';
export type { GmailSettings } from './gmail/settings/settings.ts';
export type { RawMail } from './gmail/mime/raw-mail.ts';
export { mailSearch, type MailSearch, type SearchTime } from './gmail/search/search.ts';
export type { OnUploadProgress, UploadProgress } from './gmail/upload/resumable-upload.ts';
export type { UploadOptions } from './gmail/upload/upload-options.ts';
export type { GmailOperationName } from './gmail/operations.ts';
export { CALENDAR_LIMITS, GMAIL_LIMITS } from './limits.ts';
export type { ItemListing, ItemListOptions, SkippedItem } from './list-items.ts';
export {
  type CalendarPush,
  type CalendarPushEvent,
  type CalendarPushOptions,
  parseCalendarPush,
} from './webhooks/calendar-push.ts';
export {
  type GmailPushEvent,
  type GmailPushOptions,
  type MailboxChange,
  parseGmailPush,
  type ReceivedPush,
} from './webhooks/gmail-push.ts';
export type { PushHeaders } from './webhooks/push-headers.ts';

export * from '@context-sdk/oauth-core/errors';
export type {
  BulkOptions,
  BulkOutcome,
  BulkProgress,
  CallOptions,
  FetchRouteOptions,
  Instant,
  Listing,
  ServiceOptions,
  TimeRange,
} from '@context-sdk/oauth-core/client-kit';
export type {
  AccessTokenOptions,
  AccessTokenSource,
  CallEndEvent,
  CallEvent,
  ClockSkewEvent,
  ConcurrencyLimit,
  Credential,
  CredentialOptions,
  Hooks,
  RateLimit,
  RateLimiter,
  RateLimiterRunOptions,
  RateLimitEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  RetryOptions,
  Safety,
  SkippedEvent,
  TokenRefreshEvent,
  WebhookEvent,
  WindowLimit,
} from '@context-sdk/oauth-core';
