export * from '@context-sdk/oauth-core/errors';

export type { AttachmentData } from './attachments/attachment-data.ts';
export type { AttachmentInput, AttachmentReference, Attachments } from './attachments/attachments.ts';
export type { BulkOptions, BulkOutcome, BulkProgress } from './bulk/outcome.ts';
export { AdoClient } from './client/ado-client.ts';
export type { AdoClientOptions, AdoHooks } from './client/ado-client-options.ts';
export { checkedOrganizationUrl } from './client/organization-url.ts';
export { personalAccessToken } from './client/personal-access-token.ts';
export type { Comment } from './comments/comment.ts';
export type { CommentOptions, Comments } from './comments/comments.ts';
export { type AdoEnvironment, readAdoEnvironment } from './environment/ado-environment.ts';
export type { History, WorkItemUpdate } from './history/history.ts';
export type { Project, Projects } from './projects/projects.ts';
export type { QueryListing, QueryOptions } from './queries/query.ts';
export { Wiql, wiql, type WiqlValue } from './queries/wiql.ts';
export {
  childIdsOf,
  type NewRelation,
  parentIdOf,
  relatedId,
  relatedIds,
  type RelationRef,
  RelationType,
} from './relations/relation.ts';
export type { Relations, RelationTypeInfo } from './relations/relations.ts';
export type { AdoRateLimit } from './requests/rate-limit-watch.ts';
export type { AdoErrorDetails, FieldProblem } from './requests/service-failure.ts';
export type {
  AdoHookEvent,
  AdoSubscription,
  EnsuredSubscription,
  SubscriptionInput,
} from './service-hooks/subscription.ts';
export type { Subscriptions } from './service-hooks/subscriptions.ts';
export type { FieldDefinition, FieldDefinitions } from './types/field-definitions.ts';
export type { TypeOptions, Types, WorkItemState, WorkItemType } from './types/types.ts';
export type {
  AdoWebhookEvent,
  FieldChange,
  WorkItemCommentedData,
  WorkItemEventData,
  WorkItemUpdatedData,
} from './webhooks/ado-webhook-event.ts';
export { answerAdoWebhook } from './webhooks/answer-ado-webhook.ts';
export { parseAdoWebhook } from './webhooks/parse-ado-webhook.ts';
export { verifyAdoWebhook, type WebhookHeaders, type WebhookSecrets } from './webhooks/verify-ado-webhook.ts';
export type { WorkItemOutcome } from './work-items/batch/batch-outcome.ts';
export type { WorkItemUpdateInput } from './work-items/batch/update-many.ts';
export type { DeletedWorkItem } from './work-items/deletion.ts';
export type { KnownFields, WorkItemFields } from './work-items/fields.ts';
export type { FoundWorkItems } from './work-items/get-many.ts';
export { type Identity, identityOf, type IdentityRef } from './work-items/identity.ts';
export type { LongText, MarkdownText } from './work-items/long-text.ts';
export type { FieldValues, IdentityInput, NewWorkItem, WorkItemInput } from './work-items/new-work-item.ts';
export type { Expand, ReadOptions, Selection, UpdateOptions, WriteOptions } from './work-items/options.ts';
export type { TagChanges } from './work-items/tags.ts';
export { assigneeOf, tagsOf, type WorkItem, type WorkItemRelation } from './work-items/work-item.ts';
export type { RelationChanges, WorkItemChanges } from './work-items/work-item-changes.ts';
export type { WorkItemMove, WorkItems } from './work-items/work-items.ts';
