export { contextFromEnv } from './context-from-env.ts';
export type { ContextOptions } from './context-options.ts';
export { type Context, createContext } from './create-context.ts';
export type { EnvironmentOverrides } from './environment/environment-overrides.ts';
export type { Environment } from './environment/read-environment.ts';
export type { OnAudit } from './options/audit.ts';
export type { ProviderId } from './options/provider-id.ts';
export type {
  AppOptions,
  AzureDevOpsOptions,
  GoogleOptions,
  Providers,
  TickTickOptions,
} from './options/provider-options.ts';

export type { UserExport } from './users/export-user.ts';
export type { ExportedToolAction } from './users/exported-tools.ts';
export type { ForgetReport } from './users/forget-user.ts';
export type { User } from './users/user.ts';
export type {
  ConnectedAccount,
  Connection,
  EndedConnection,
  ImportOptions,
  TokenCredentials,
} from './connections/connection.ts';
export type { Connections } from './connections/connections.ts';

export type {
  Agenda,
  AgendaEvent,
  AgendaItem,
  AgendaQuery,
  AgendaSource,
  AgendaTask,
  AgendaWorkItem,
} from './agenda/agenda.ts';
export type {
  BlockableTask,
  BlockedTime,
  BlockLook,
  BlockPiece,
  BlockTimeOptions,
  Buffers,
  BusyOptions,
  CountedEvents,
  MovedBlock,
  OnTaskChange,
} from './time-blocks/time-block.ts';
export type {
  Link,
  LinkableTask,
  LinkedSide,
  LinkOptions,
  LinkOutcome,
  RefusedValue,
  SyncedLink,
} from './links/link.ts';
export type { Links } from './links/links.ts';
export type {
  CompleteRules,
  ConflictValue,
  LinkConflict,
  LinkDecision,
  LinkField,
  LinkRule,
  LinkRules,
  LinksOptions,
  OnConflict,
  SideKind,
} from './options/links-options.ts';
export type { FollowedTask } from './time-blocks/follow-task.ts';
export { NoFreeSlotError } from './time-blocks/no-free-slot-error.ts';
export { planTasks } from './planning/plan-tasks.ts';
export type {
  PlannableTask,
  PlannedPiece,
  PlanTasksOptions,
  TaskPlan,
  UnplacedReason,
} from './planning/task-plan.ts';
export type {
  AppliedPiece,
  AppliedPlan,
  PieceOutcome,
  Plan,
  PlanOptions,
  PlanPiece,
  PlanReason,
  PlanRequest,
  PlanTask,
  SeenBlock,
  UnplacedWork,
} from './plans/plan.ts';
export type { WorkItemOptions } from './task-actions/create-work-item.ts';
export type { DraftEmailOptions, MailTemplate } from './task-actions/draft-email.ts';
export type { TaskSummary } from './task-actions/task-summary.ts';

export type { PartFailure } from './changes/change-source.ts';
export type { SubscriptionOptions } from './changes/subscription-options.ts';
export type { ChangeService } from './options/provider-of-service.ts';
export type {
  CalendarChangeData,
  CalendarListChangeData,
  ContextEvent,
  MailboxChangeData,
  OnEvent,
  OutdatedBlockData,
} from './changes/context-event.ts';
export type { MaintenanceStep } from './changes/maintenance/maintain-job.ts';
export type { MaintenanceFailure, MaintenanceReport } from './changes/maintenance/maintenance-report.ts';
export type {
  MaintenanceOptions,
  RunningMaintenance,
  StartOptions,
} from './changes/maintenance/maintenance-options.ts';
export type { DeadLetter, DeadLetters, OnDeadLetter } from './changes/events/dead-letters.ts';
export type { SyncResult } from './changes/sync-state.ts';

export type { DoctorFinding, DoctorOptions, DoctorReport } from './doctor/doctor.ts';
export type {
  Connected,
  ConnectedClient,
  ConnectedResult,
  ConnectedUser,
  OnConnected,
} from './http/auth/on-connected.ts';
export type { OnReplace, ReplaceableConnection, Replacement } from './http/auth/on-replace.ts';
export { browserSessions, type BrowserSessions, type SessionOptions } from './http/browser-sessions.ts';
export type { ContextHandler, FailureDetails, HandlerOptions } from './http/handler.ts';
export { describeForUser, type UserAction, type UserMessage } from './utils/describe-for-user.ts';
export { httpStatusOf, publicMessageOf } from './http/problem-response.ts';
export { type NodeListener, toNodeListener } from './http/to-node-listener.ts';
export { serviceName } from './utils/service-names.ts';
export type { PendingApproval } from './tools/approval/approvals.ts';
export type { RecordedAction } from './tools/actions/recorded-action.ts';
export type { ToolActions } from './tools/actions/tool-actions.ts';
export type { ToolAnswer } from './tools/answer.ts';

export * from '@context-sdk/oauth-core/errors';
// With `declaration`, TypeScript names an inferred type by the modules that a host imports: this one, at least.
export type * from '@context-sdk/ado-client';
export type * from '@context-sdk/google-workspace';
export type * from '@context-sdk/ticktick-client';
export {
  type AuditEvent,
  type CallOptions,
  type ClaimedJob,
  type ClaimOptions,
  type ClientAssertion,
  type Hooks,
  type JobPlanOptions,
  type Listing,
  memoryRateLimiter,
  memoryStore,
  type PendingRevocation,
  type RateLimit,
  type RateLimiter,
  type RecordStore,
  type RetryOptions,
  type RevocationAttempt,
  type RevocationOutcome,
  type RevocationReport,
  type Schedule,
  type Shard,
  type StoredRecord,
  type TokenSet,
  type TokenStore,
} from '@context-sdk/oauth-core';
export type { Identify, OAuthProvider, ProviderAccount } from '@context-sdk/oauth-core/providers';
export { addDays, dayOf, startOfDay } from '@context-sdk/oauth-core/client-kit';
export { tickTickGateway } from '@context-sdk/ticktick-client';
