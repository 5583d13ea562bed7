import { Notification } from 'electron';
import type { News } from './notifications.ts';

type ShowNewsDeps = Readonly<{ open: (route: string) => void; onFailure: (reason: string) => void }>;

/** Hands news to the operating system; a click on them opens their screen. */
export function createNewsSender({ open, onFailure }: ShowNewsDeps): (news: News) => void {
  // A notification that is collected as garbage is one that cannot be clicked.
  const shown = new Set<Notification>();
  return ({ title, body, route }) => {
    if (!Notification.isSupported()) {
      onFailure('This desktop shows no notifications.');
      return;
    }
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      open(route);
    });
    notification.on('close', () => shown.delete(notification));
    notification.on('failed', (_event, reason) => {
      shown.delete(notification);
      onFailure(reason);
    });
    notification.show();
  };
}
