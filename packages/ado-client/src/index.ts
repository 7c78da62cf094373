export * from '@context-sdk/oauth-core/errors';

export type { AttachmentData } from './attachments/attachment-data.ts';
export type { AttachmentInput, AttachmentReference, Attachments } from './attachments/attachments.ts';
export { AdoClient, type AdoClientOptions, type AdoHooks } from './client.ts';
export type { Artifacts, LinkedArtifact } from './artifacts/artifacts.ts';
export type {
  Backlog,
  Board,
  BoardColumn,
  BoardPlace,
  BoardRow,
  Boards,
  Reordering,
} from './boards/boards.ts';
export type { Classification } from './classification/classification.ts';
export type { NewArea, NewIteration } from './classification/create-node.ts';
export { type ClassificationNode, fieldPathOf } from './classification/node.ts';
export { fromTokenCredential, type TokenCredentialLike } from './from-token-credential.ts';
export type { QueryLink } from './queries/query-ids.ts';
export type { Reporting, RevisionExportOptions, RevisionPage } from './reporting/reporting.ts';
export type { NewSavedQuery, SavedQueries, SavedQuery } from './saved-queries/saved-queries.ts';
export type { Capacity, CapacityInput, DaysOff, TeamCapacity } from './teams/capacity.ts';
export type { Iterations, TeamIteration } from './teams/iterations.ts';
export type { Team, TeamMember, TeamOptions, Teams } from './teams/teams.ts';
export { fromTemplate, type Templates, type WorkItemTemplate } from './templates/templates.ts';
export type { WorkItemTypeField } from './types/type-fields.ts';
export type { WorkItemComment, WorkItemComments } from './comments/comments.ts';
export type { AdoErrorDetails, FieldProblem } from './errors.ts';
export type { History, WorkItemUpdate } from './history/history.ts';
export type { Identities, KnownIdentity } from './identities/identities.ts';
export { mention, type Mention } from './identities/mention.ts';
export { ADO_LIMITS, type AdoRateLimit } from './limits.ts';
export { artifactLink, type BuildLinkName, type RepositoryRef } from './model/artifact-link.ts';
export type { KnownFields, WorkItemFields } from './model/fields.ts';
export { type AdoIdentity, readIdentity, type IdentityRef } from './model/identity.ts';
export type {
  WorkItemExpand,
  WorkItemReadOptions,
  FieldSelection,
  WorkItemUpdateOptions,
  WorkItemWriteOptions,
} from './model/options.ts';
export {
  childIdsOf,
  type NewRelation,
  parentIdOf,
  relatedId,
  relatedIds,
  type RelationRef,
  RELATION_TYPE as RelationType,
} from './model/relation.ts';
export type { MarkdownText, RichText } from './model/rich-text.ts';
export { assigneeOf, tagsOf, type WorkItem, type WorkItemRelation } from './model/work-item.ts';
export { normalizeOrganizationUrl } from './organization-url.ts';
export type { TagChanges } from './patches/tags.ts';
export type {
  FieldValues,
  IdentityInput,
  NewWorkItem,
  RelationChanges,
  WorkItemChanges,
  WorkItemInput,
} from './patches/work-item-input.ts';
export { personalAccessToken } from './personal-access-token.ts';
export type { TeamProject, TeamProjects } from './projects/projects.ts';
export type { QueryListing, QueryOptions, SkippedWorkItem } from './queries/query.ts';
export { Wiql, wiql, type WiqlValue } from './queries/wiql.ts';
export type { Relations, RelationTypeInfo } from './relations/relations.ts';
export type { FoundWorkItems } from './requests/get-many.ts';
export type {
  AdoHookEvent,
  AdoSubscription,
  EnsuredSubscription,
  SubscriptionInput,
} from './subscriptions/subscription.ts';
export type { Subscriptions } from './subscriptions/subscriptions.ts';
export type { WorkItemTag, WorkItemTags } from './tags/tags.ts';
export type { FieldDefinition, FieldDefinitions } from './types/field-definitions.ts';
export type { Types, WorkItemState, WorkItemType } from './types/types.ts';
export type {
  AdoWebhookEvent,
  FieldChange,
  WorkItemCommentedData,
  WorkItemEventData,
  WorkItemUpdatedData,
} from './webhooks/ado-webhook-event.ts';
export { adoWebhookResponse } from './webhooks/ado-webhook-response.ts';
export { parseAdoWebhook } from './webhooks/parse-ado-webhook.ts';
export { verifyAdoWebhook, type WebhookHeaders, type WebhookSecrets } from './webhooks/verify-ado-webhook.ts';
export type { ProjectOptions } from './wire.ts';
export type { WorkItemOutcome } from './work-items/batch/batch-outcome.ts';
export type { WorkItemUpdateInput } from './work-items/batch/update-many.ts';
export type { DeletedWorkItem } from './work-items/deletion.ts';
export type { WorkItemMove, WorkItems } from './work-items/work-items.ts';
export type {
  BulkOptions,
  BulkOutcome,
  BulkProgress,
  CallOptions,
  FetchRouteOptions,
  Instant,
  Listing,
  ServiceOptions,
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
  StaticTokenOptions,
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
