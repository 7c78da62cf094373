export { createSandbox } from './create-sandbox.ts';
export type { Sandbox, SandboxOptions } from './sandbox.ts';
export type { Clock, SandboxClock } from './clock.ts';
export type { Sleep } from './sleep.ts';
export type { Fault, FaultRule, FaultScope, InjectedFault } from './faults/fault.ts';
export type { TestUserGmail } from './google/gmail/test-user-gmail.ts';
export type { SandboxMessage } from './google/gmail/mailbox/message.ts';
export type { PubSubControl } from './google/pubsub/pubsub.ts';
export type { SubscribeOptions } from './google/pubsub/subscription.ts';
export type { GoogleAccount } from './google/accounts.ts';
export type { GoogleApi } from './google/api/method.ts';
export type { FailureReason, QueuedFailure } from './google/api/queued-failures.ts';
export type { QuotaRefusal } from './google/api/quotas.ts';
export type {
  TestUserCalendar,
  NewCalendar,
  SandboxCalendar,
  SandboxEvent,
} from './google/calendar/test-user-calendar.ts';
export type { AccessRole } from './google/calendar/store/access-role.ts';
export type { SentMail } from './google/calendar/store/sent-mail.ts';
export type { GoogleControl, GoogleTestUser } from './google/control.ts';
export type { GoogleApp } from './google/oauth/app.ts';
export type { GoogleOptions } from './google/options.ts';
export type { PushDelivery } from './google/push/push-sender.ts';
export type { Refusals as AzureDevOpsRefusals } from './azure-devops/access/refuse.ts';
export type { AzureDevOpsControl, AzureDevOpsOrganization } from './azure-devops/control.ts';
export type { AzureDevOpsApp } from './azure-devops/entra/app.ts';
export type { EntraTenant } from './azure-devops/entra/profile.ts';
export type { HookDelivery } from './azure-devops/hooks/delivery.ts';
export type {
  EventType as HookEventType,
  Subscription as HookSubscription,
  SubscriptionStatus as HookSubscriptionStatus,
} from './azure-devops/hooks/subscription.ts';
export type { AzureDevOpsRateLimit } from './azure-devops/limits/rate-limit.ts';
export type { AzureDevOpsOptions } from './azure-devops/options.ts';
export type { AzureDevOpsPerson, IdentityRef } from './azure-devops/organization/person.ts';
export type { ProcessName as AzureDevOpsProcess } from './azure-devops/organization/processes.ts';
export type { AzureDevOpsProject } from './azure-devops/organization/project.ts';
export type { AzureDevOpsSeed } from './azure-devops/seed/seed-organization.ts';
export type { AzureDevOpsViolation } from './azure-devops/swagger/swagger-check.ts';
export type { SandboxWorkItem, AzureDevOpsTestUser } from './azure-devops/work-items/test-user.ts';
export { fetchFrom } from './http/fetch-from.ts';
export type { Listener } from './http/listen.ts';
export type { RecordedRequest } from './http/request-log.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type { OAuthApp } from './oauth/profile.ts';
export type { OAuthStats } from './oauth/server.ts';
export type { TickTickAccount } from './ticktick/account.ts';
export type { TickTickControl } from './ticktick/control.ts';
export type { TickTickTestUser } from './ticktick/test-user.ts';
export type { Deliver, WebhookDelivery } from './ticktick/guide/webhooks.ts';
export { DEMO_APPS, type TickTickApp } from './ticktick/oauth/app.ts';
export type { TickTickOptions } from './ticktick/options.ts';
export type { SandboxProject } from './ticktick/project.ts';
export type { ProjectInput } from './ticktick/projects/project-input.ts';
export type { SandboxRateLimit } from './ticktick/rate-limit.ts';
export type { Region } from './ticktick/region.ts';
export type { Seed } from './ticktick/seed/seed-account.ts';
export type { ProposedIds } from './ticktick/tasks/batch.ts';
export type { SandboxChecklistItem, SandboxTask } from './ticktick/tasks/sandbox-task.ts';
