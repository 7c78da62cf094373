export * from '@context-sdk/oauth-core/better-auth';
