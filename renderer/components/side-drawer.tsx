import { Drawer } from '@mantine/core';
import classes from './dialog.module.css';

type SideDrawerProps = Readonly<{ isOpen: boolean; title: string; onClose: () => void; children: React.ReactNode }>;

/** A dialog at the right edge, beside the list that it was opened from. */
export function SideDrawer({ isOpen, title, onClose, children }: SideDrawerProps): React.JSX.Element {
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position="right" size="36rem">
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes['head']}>
          <Drawer.Title className={classes['title']}>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
