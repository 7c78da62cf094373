import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/** The user's grant lacks a scope that the call needs. Ask for it in a new sign-in. */
export class MissingScopeError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/MissingScopeError';
  override readonly name = 'MissingScopeError';
  readonly missing: readonly string[];

  constructor(missing: readonly string[], options?: ContextSdkErrorOptions) {
    super('missing_scope', `The grant lacks the scope ${missing.join(' ')}.`, false, options);
    this.missing = missing;
  }
}
