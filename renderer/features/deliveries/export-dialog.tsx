import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { toError } from '../../../shared/result.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { call } from '../../lib/call.ts';
import { dateIn } from '../../lib/format.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useStatus } from '../../lib/status.ts';

type ExportDialogProps = Readonly<{ filter: DeliveryFilter; isOpen: boolean; onClose: () => void }>;

/** Writes what the filter shows to a file on this computer. */
export function ExportDialog({ filter, isOpen, onClose }: ExportDialogProps): React.JSX.Element {
  const { now, timeZone } = useStatus();
  const [withPhones, setWithPhones] = useState(false);
  const [written, setWritten] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  /** The run under way; another value, or none, tells an older run to stop. */
  const run = useRef<symbol>(undefined);

  function close(): void {
    run.current = undefined;
    setWritten(null);
    setError(null);
    onClose();
  }

  async function write(): Promise<void> {
    const own = Symbol('export');
    run.current = own;
    setError(null);
    setWritten(0);
    try {
      const parts: string[] = [];
      let rows = 0;
      for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
        const page: Output<'deliveries.exportPage'> = await call('deliveries.exportPage', {
          filter,
          cursor,
          withPhones,
        });
        if (run.current !== own) return;
        parts.push(page.text);
        rows += page.rows;
        cursor = page.nextCursor;
        setWritten(rows);
      }
      saveFile(`deliveries-${dateIn(timeZone, now)}.csv`, parts, 'text/csv;charset=utf-8');
      notifyDone(`${formatCount(rows, 'delivery', 'deliveries')} exported.`);
      close();
    } catch (thrown) {
      if (run.current !== own) return;
      setWritten(null);
      setError(toError(thrown));
    }
  }

  return (
    <Dialog isOpen={isOpen} onClose={close} title="Export as CSV">
      <Stack>
        <Text size="sm">
          All deliveries that the filter shows, for a spreadsheet. Times are in the shop’s zone with their offset, and
          in UTC beside it.
        </Text>
        <Checkbox
          checked={withPhones}
          disabled={written !== null}
          onChange={({ currentTarget }) => setWithPhones(currentTarget.checked)}
          label="With full phone numbers"
          description="Otherwise only the last four digits. Keep the file where nobody else reads it."
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {written !== null && `${formatCount(written, 'row')} so far.`}
        </Text>
        {error !== null && <ErrorNotice error={error} title="The export did not finish" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={written !== null} onClick={() => void write()}>
            Export
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
