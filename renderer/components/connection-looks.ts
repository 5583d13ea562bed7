import { IconAlertTriangle, IconKey, IconPlugConnected, IconPlugX } from '@tabler/icons-react';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';
import type { Look } from './look-badge.tsx';

export const connectionStateLooks: Readonly<Record<ConnectionView['state'], Look>> = {
  missing: { icon: IconPlugX, label: 'Not connected', color: 'gray' },
  ok: { icon: IconPlugConnected, label: 'Connected', color: 'green' },
  failing: { icon: IconAlertTriangle, label: 'No answer', color: 'orange' },
  refused: { icon: IconKey, label: 'Refused', color: 'red' },
};

export const connectionNames: Readonly<Record<ConnectionView['name'], string>> = {
  postscript: 'Postscript',
  smartrr: 'Smartrr',
  inbox: 'Reply inbox',
};
