export * from '@context-sdk/oauth-core/encrypted';
