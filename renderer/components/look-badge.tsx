import { Badge, type MantineColor } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

/** How a state looks: always an icon, a word and a colour, so that none of them has to carry it alone. */
export type Look = Readonly<{ icon: Icon; label: string; color: MantineColor }>;

export function LookBadge({ look }: Readonly<{ look: Look }>): React.JSX.Element {
  const { icon: LookIcon, label, color } = look;
  return (
    <Badge color={color} leftSection={<LookIcon size={14} stroke={2} aria-hidden />}>
      {label}
    </Badge>
  );
}
