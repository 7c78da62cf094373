export * from '@context-sdk/oauth-core/store-kit';
