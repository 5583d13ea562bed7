import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/call.ts';

/** The practice shop has settings of its own, so they are never mistaken for the real shop's. */
export const settingsQuery = (isPractice: boolean) =>
  queryOptions({
    queryKey: ['settings', { isPractice }] as const,
    queryFn: () => call('settings.get', {}),
  });

export const backupsQuery = (isPractice: boolean) =>
  queryOptions({
    queryKey: ['backups', { isPractice }] as const,
    queryFn: () => call('backups.list', {}),
  });

export const privacyQuery = (isPractice: boolean) =>
  queryOptions({
    queryKey: ['privacy', { isPractice }] as const,
    queryFn: () => call('privacy.get', {}),
  });

export const connectionsQuery = queryOptions({
  queryKey: ['connections'] as const,
  queryFn: () => call('connections.get', {}),
});

export const inboxTestQuery = queryOptions({
  queryKey: ['inbox-test'] as const,
  queryFn: () => call('connections.getInboxTest', {}),
});
