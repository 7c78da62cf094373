export * from '@context-sdk/oauth-core/opentelemetry';
