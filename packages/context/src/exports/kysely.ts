export * from '@context-sdk/oauth-core/kysely';
