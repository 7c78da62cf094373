export * from '@context-sdk/oauth-core/upstash';
