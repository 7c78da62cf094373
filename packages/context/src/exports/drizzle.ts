export * from '@context-sdk/oauth-core/drizzle';
