export * from '@context-sdk/oauth-core/client-auth';
