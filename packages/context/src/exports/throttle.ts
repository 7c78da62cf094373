export * from '@context-sdk/oauth-core/throttle';
