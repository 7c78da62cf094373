export * from '@context-sdk/oauth-core/providers';
