export * from '@context-sdk/oauth-core/errors';

export type {
  BulkOptions,
  BulkOutcome,
  BulkProgress,
  CallOptions,
  FetchRouteOptions,
  HttpOperation,
  Listing,
  Operation,
  ServiceOptions,
} from '@context-sdk/oauth-core/client-kit';
export type {
  AccessTokenOptions,
  AccessTokenSource,
  CallEndEvent,
  CallEvent,
  ClaimedJob,
  ClaimOptions,
  ClockSkewEvent,
  ConcurrencyLimit,
  Credential,
  CredentialOptions,
  Hooks,
  JobPlanOptions,
  RateLimit,
  RateLimiter,
  RateLimiterRunOptions,
  RateLimitEvent,
  RecordStore,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  RetryOptions,
  Safety,
  Schedule,
  Shard,
  SkippedEvent,
  StoredRecord,
  TokenRefreshEvent,
  WebhookEvent,
  WindowLimit,
} from '@context-sdk/oauth-core';
export type {
  ClientAuthentication,
  Identify,
  OAuthProvider,
  ProviderAccount,
} from '@context-sdk/oauth-core/providers';
export type { Account, AccountInfo } from './account/account.ts';
export type { FeedEvent, TaskFieldChange, TaskChangeEvent } from './changes/change-event.ts';
export type { ChangeKind, EventFilter } from './changes/event-filter.ts';
export type { ProjectChangeEvent } from './changes/project-changes.ts';
export type { ChangeFeed, WatchOptions } from './changes/change-feed.ts';
export type { Freshness, FreshTasksOptions } from './changes/fresh-tasks.ts';
export type { ChangeBatch, PollOptions } from './changes/poll.ts';
export { type Region, TickTickClient, type TickTickClientOptions } from './client.ts';
export type { Column, ColumnInput, Columns } from './columns/columns.ts';
export type { Comment, CommentInput, Comments } from './comments/comments.ts';
export type { Countdown, Countdowns } from './countdowns/countdowns.ts';
export type { CalendarDay, DateInput } from './dates/date-input.ts';
export { type Focus, type FocusInput, type FocusRange, type FocusTask, FocusType } from './focus/focus.ts';
export type { Focuses } from './focus/focuses.ts';
export type { Groups, ProjectGroup, ProjectGroupInput } from './groups/groups.ts';
export type { Habit, HabitCheckin, HabitDay, HabitSection } from './habits/habit.ts';
export type {
  HabitChanges,
  HabitCheckInInput,
  HabitCheckInRange,
  HabitInput,
  HabitStamp,
} from './habits/habit-input.ts';
export type { Habits } from './habits/habits.ts';
export type { GatewayRoute, GatewayRoutes } from './guide/dialect.ts';
export { tickTickGateway, type TickTickGateway, type TickTickGatewayOptions } from './guide/gateway.ts';
export { GUIDE_LIMITS, TICKTICK_LIMITS } from './limits.ts';
export type { Preference, UserPreference } from './preference/preference.ts';
export { type Project, type ProjectData, type ProjectMember } from './projects/project.ts';
export { ProjectKind, ProjectPermission, ProjectViewMode } from './projects/project.ts';
export type { ProjectChanges, ProjectInput } from './projects/project-input.ts';
export type { ProjectPage } from './projects/project-page.ts';
export type { Projects } from './projects/projects.ts';
export { type Tag, type TagInput, tagName, type Tags, TagType } from './tags/tags.ts';
export type { ItemOptions } from './tasks/actions/checklist.ts';
export type { Completion } from './tasks/actions/complete-task.ts';
export type { TreeOutcome } from './tasks/actions/create-tree.ts';
export type { TreeTask } from './tasks/actions/tree-nodes.ts';
export type { TaskState } from './tasks/actions/look-at-task.ts';
export type { MovedTask } from './tasks/actions/move-family.ts';
export type { MoveOptions, WriteOptions } from './tasks/actions/task-actions.ts';
export type { TaskItems } from './tasks/task-items.ts';
export type { TaskMove } from './tasks/bulk/move-many.ts';
export type { TaskUpdate } from './tasks/bulk/update-many.ts';
export type { TaskFilter } from './tasks/lists/task-filter.ts';
export type { TaskRange } from './tasks/lists/queries.ts';
export type { TaskSearch } from './tasks/lists/task-search.ts';
export type { TaskOutcome, TaskReceipt } from './tasks/bulk/task-outcome.ts';
export { type ChecklistItem, type Task, type TaskKind, type TaskRef } from './tasks/task.ts';
export {
  parseReminder,
  remindAt,
  remindBefore,
  type Reminder,
  reminderTimes,
  type TimeBefore,
} from './reminders/reminders.ts';
export { TaskPriority, TaskStatus } from './tasks/task.ts';
export type { ListOptions, Skipped } from './skipped.ts';
export type { AllTasksOptions, OpenTaskOptions, TaskListing } from './tasks/task-listing.ts';
export type { TaskChanges, TaskInput } from './tasks/task-input.ts';
export { taskUrl } from './tasks/task-url.ts';
export { unreadFields, withUnreadFields } from './tasks/unread-fields.ts';
export type { Tasks } from './tasks/tasks.ts';
export { parseTickTickWebhook, type TickTickWebhookEvent } from './webhooks/parse-webhook.ts';
export type { UnsafeNumbers } from './unsafe-numbers.ts';
export type { WebhookEventName, WebhookRegistration, Webhooks } from './webhooks/webhooks.ts';
export type { TaskSchedule } from './dates/schedule-input.ts';
export {
  isDueOn,
  isOverdue,
  type TaskDates,
  taskDays,
  taskDueDate,
  taskDueDay,
  taskSchedule,
  taskStartDate,
  taskStartDay,
  taskTimes,
  taskWallTime,
} from './dates/task-dates.ts';
export { type ChecklistTask, isChecklistTask, isNoteTask, type NoteTask } from './tasks/task.ts';
