export { createGoogleSandbox } from './sandbox.ts';
export type { GoogleSandbox, GoogleSandboxOptions } from './sandbox.ts';
export type { GoogleAccount } from './accounts.ts';
export type { GoogleApi } from './api/method.ts';
export type { FailureReason, QueuedFailure } from './api/queued-failures.ts';
export type { QuotaRefusal } from './api/quotas.ts';
export type { GoogleBehavior } from './behavior.ts';
export type {
  NewCalendar,
  SandboxCalendar,
  SandboxEvent,
  TestUserCalendar,
} from './calendar/test-user-calendar.ts';
export type { AccessRole } from './calendar/store/calendar-data.ts';
export type { SentMail, SyncRefusal } from './calendar/store/calendar-data.ts';
export type { PurgeAnswer } from './calendar/store/stored-event.ts';
export type { GoogleControl, GoogleTestUser } from './control.ts';
export type { NewAlias, TestUserGmail } from './gmail/test-user-gmail.ts';
export type { SandboxMessage } from './gmail/mailbox/message.ts';
export type { PubSubControl } from './pubsub/pubsub.ts';
export type { SubscribeOptions } from './pubsub/subscription.ts';
export type { PushDelivery } from './push/push-sender.ts';
