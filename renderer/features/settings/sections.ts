import { lazy } from 'react';

export type SettingsSection = Readonly<{
  /** The last part of the address. */
  name: string;
  /** In the list at the side. */
  label: string;
  title: string;
  description: string;
  /** Practice or not, there is only one of it. */
  isOfComputer?: true;
  Content: React.LazyExoticComponent<() => React.JSX.Element>;
}>;

/** Every page of the settings, in the order of the list. Each is loaded when somebody opens it. */
export const settingsSections = [
  {
    name: 'connections',
    label: 'Connections',
    title: 'Connections',
    description: 'The services that Heads Up works with, and the keys that open them.',
    Content: lazy(async () => {
      const { ConnectionsSection: content } = await import('./connections-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'shop',
    label: 'Shop',
    title: 'Shop',
    description: 'What customers read, and the zone in which orders have dates.',
    Content: lazy(async () => {
      const { ShopSection: content } = await import('./shop-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'sending',
    label: 'Sending',
    title: 'Sending',
    description: 'When customers hear about an order, and how triggers reach Postscript.',
    Content: lazy(async () => {
      const { SendingSection: content } = await import('./sending-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'replies',
    label: 'Replies',
    title: 'Replies and SKIP',
    description: 'How the texts of customers reach this computer.',
    Content: lazy(async () => {
      const { RepliesSection: content } = await import('./replies-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'privacy',
    label: 'Privacy',
    title: 'Privacy',
    description: 'What is kept about customers, and for how long.',
    Content: lazy(async () => {
      const { PrivacySection: content } = await import('./privacy-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'computer',
    label: 'This computer',
    title: 'This computer',
    description: 'What belongs to this computer and not to the shop.',
    isOfComputer: true,
    Content: lazy(async () => {
      const { ComputerSection: content } = await import('./computer-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'backup',
    label: 'Backup',
    title: 'Backup',
    description: 'One file holds the shop.',
    Content: lazy(async () => {
      const { BackupSection: content } = await import('./backup-section.tsx');
      return { default: content };
    }),
  },
  {
    name: 'diagnostics',
    label: 'Diagnostics',
    title: 'Diagnostics',
    description: 'What to look at when something does not work.',
    Content: lazy(async () => {
      const { DiagnosticsSection: content } = await import('./diagnostics-section.tsx');
      return { default: content };
    }),
  },
] as const satisfies readonly SettingsSection[];
