export * from '@context-sdk/oauth-core/postgres';
