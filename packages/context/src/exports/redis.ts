export * from '@context-sdk/oauth-core/redis';
