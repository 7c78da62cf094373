export * from '@context-sdk/oauth-core/sqlite';
