import type { Safety } from '@context-sdk/oauth-core';

/** What has to be known of one of Google's methods before it is called. */
export interface Method {
  safety: Safety;
  /** One of these is enough; the first is the one to ask for. From Google's discovery document. */
  scopes: readonly string[];
  /** Units of the user's quota. */
  cost: number;
}
