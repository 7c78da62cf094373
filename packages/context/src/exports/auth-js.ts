export * from '@context-sdk/oauth-core/auth-js';
