export * from '@context-sdk/oauth-core/prisma';
