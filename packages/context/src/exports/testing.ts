export * from '@context-sdk/oauth-core/testing';
