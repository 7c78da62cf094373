/** What every error can say besides its message. */
export interface ContextSdkErrorOptions {
  /** The service whose call failed, for example `ticktick`. */
  service?: string | undefined;
  /** Only ever another error of this family: a library's error may carry tokens. */
  cause?: ContextSdkError | undefined;
}

/** The `code` of each class of the SDK. */
export type ErrorCode =
  | 'aborted'
  | 'api_error'
  | 'authorization_failed'
  | 'configuration'
  | 'conflict'
  | 'grant_changed'
  | 'invalid_request'
  | 'missing_scope'
  | 'network'
  | 'no_free_slot'
  | 'not_found'
  | 'permission_denied'
  | 'rate_limited'
  | 'reauthorization_required'
  | 'service_unavailable'
  | 'store'
  | 'timeout'
  | 'unexpected_response'
  | 'webhook_malformed'
  | 'webhook_unverified';

/**
 * What every failure of the SDK extends.
 *
 * `instanceof` also recognizes errors of another installed copy of this package: it compares the class's
 * brand, not its identity.
 */
export class ContextSdkError extends Error {
  static readonly brand: string = '@context-sdk/ContextSdkError';

  override readonly name: string = 'ContextSdkError';
  /** Stable, for programs. Classes of the host's own have codes of their own. */
  readonly code: ErrorCode | (string & {});
  declare readonly service?: string;
  /** Whether the same call may succeed later without any change. */
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean, options: ContextSdkErrorOptions = {}) {
    super(message, options.cause && { cause: options.cause });
    this.code = code;
    this.retryable = retryable;
    if (options.service !== undefined) this.service = options.service;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (!Object.hasOwn(this, 'brand')) return Function.prototype[Symbol.hasInstance].call(this, value);
    for (let layer: unknown = value; typeof layer === 'object' && layer !== null;) {
      const kind: unknown = Reflect.get(layer, 'constructor');
      if (
        typeof kind === 'function' &&
        Object.hasOwn(kind, 'brand') &&
        Reflect.get(kind, 'brand') === this.brand
      ) {
        return true;
      }
      layer = Object.getPrototypeOf(layer);
    }
    return false;
  }
}
