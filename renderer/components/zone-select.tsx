import { Select } from '@mantine/core';
import { formatInstant } from '../lib/format.ts';
import { useStatus } from '../lib/status.ts';

const knownZones = Intl.supportedValuesOf('timeZone');
/** More than fit are found by typing on. */
const MOST_SHOWN = 60;

type ZoneSelectProps = Readonly<{
  value: string;
  onChange: (zone: string) => void;
  error?: React.ReactNode;
}>;

/** Every zone that this computer knows, found by typing a part of its name. */
export function ZoneSelect({ value, onChange, error }: ZoneSelectProps): React.JSX.Element {
  const { now } = useStatus();
  // The list leaves out aliases such as UTC, which a shop may nevertheless have.
  const zones = knownZones.includes(value) ? knownZones : [value, ...knownZones];
  return (
    <Select
      label="Time zone"
      description={`It is ${formatInstant(now, value)} there now.`}
      searchable
      allowDeselect={false}
      limit={MOST_SHOWN}
      maw="26rem"
      nothingFoundMessage="No zone has that in its name. Try a large city nearby."
      // Searched and read without the underscores of the official names.
      data={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      error={error}
    />
  );
}
