import { Modal } from '@mantine/core';
import classes from './dialog.module.css';

type DialogProps = Readonly<{
  isOpen: boolean;
  title: string;
  size?: string;
  onClose: () => void;
  children: React.ReactNode;
}>;

/** A dialog in the middle. Put together by hand, because Mantine's own frame brings a second page header with it. */
export function Dialog({ isOpen, title, size = '32rem', onClose, children }: DialogProps): React.JSX.Element {
  return (
    <Modal.Root opened={isOpen} onClose={onClose} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes['head']}>
          <Modal.Title className={classes['title']}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
