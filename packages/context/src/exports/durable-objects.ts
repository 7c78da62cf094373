export * from '@context-sdk/oauth-core/durable-objects';
