export * from '@context-sdk/oauth-core/redis-rate-limiter';
