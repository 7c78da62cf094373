export * from '@context-sdk/oauth-core/file';
