import { type ServiceErrors, serviceErrors } from '@context-sdk/oauth-core/client-kit';
import type { RefusalReason } from './refusal-reason.ts';

/** Named in errors and events. */
export const SERVICE = 'azure-devops';

const made = serviceErrors(SERVICE);
export const invalid: ServiceErrors['invalid'] = made.invalid;
export const misconfigured: ServiceErrors['misconfigured'] = made.misconfigured;
export const unexpected: ServiceErrors['unexpected'] = made.unexpected;

/** A rule of the process that a value breaks. */
export interface FieldProblem {
  /** The field's reference name, for example `Custom.ReleaseTrain`. */
  field: string;
  message: string;
}

/** What {@link ApiError.details} holds for Azure DevOps. */
export interface AdoErrorDetails {
  /** The server's class of error, for example `RuleValidationException`. */
  typeKey?: string;
  /** Every rule that was broken, where the server says. */
  fieldProblems?: FieldProblem[];
  /** Of a credential that is good elsewhere: it lacks a scope, or a policy forbids its use here. */
  reason?: Exclude<RefusalReason, 'expired'>;
}
