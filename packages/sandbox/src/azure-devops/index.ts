export { createAzureDevOpsSandbox } from './sandbox.ts';
export type { AzureDevOpsSandbox, AzureDevOpsSandboxOptions } from './sandbox.ts';
export type { Refusals as AzureDevOpsRefusals } from './access/refuse.ts';
export type { AzureDevOpsBehavior } from './behavior.ts';
export type { AzureDevOpsControl, AzureDevOpsOrganization } from './control.ts';
export type { EntraTenant } from './entra/tenant.ts';
export type { HookDelivery } from './hooks/delivery.ts';
export type {
  EventType as HookEventType,
  Subscription as HookSubscription,
  SubscriptionStatus as HookSubscriptionStatus,
} from './hooks/subscriptions.ts';
export type { Artifact as AzureDevOpsArtifact } from './organization/artifacts.ts';
export type { AzureDevOpsRateLimit } from './limits/rate-limit.ts';
export type { AzureDevOpsPerson, IdentityRef } from './organization/person.ts';
export type { ProcessName as AzureDevOpsProcess } from './organization/project.ts';
export type { AzureDevOpsProject } from './organization/project.ts';
export type { AzureDevOpsTestUser, SandboxWorkItem } from './work-items/test-user.ts';
