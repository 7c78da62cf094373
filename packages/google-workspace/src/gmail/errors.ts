import { type Invalid, type ServiceErrors, serviceErrors } from '@context-sdk/oauth-core/client-kit';

/** Named in errors and events, and part of the limiter's key. */
export const SERVICE = 'gmail';

const ERRORS: ServiceErrors = /* @__PURE__ */ serviceErrors(SERVICE, 'Gmail');

export const invalid: Invalid = ERRORS.invalid;
export const unexpected: ServiceErrors['unexpected'] = ERRORS.unexpected;
