export * from '@context-sdk/oauth-core/d1';
