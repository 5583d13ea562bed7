import { describeKeys } from '../lib/key-names.ts';
import classes from './key-caps.module.css';

/** A command's keys as they look on the keyboard. */
export function KeyCaps({ keys }: Readonly<{ keys: string }>): React.JSX.Element {
  return (
    <span className={classes['caps']}>
      {describeKeys(keys).map((key) =>
        key === 'then' ? (
          <span key={key}>then</span>
        ) : (
          <kbd key={key} className={classes['cap']}>
            {key}
          </kbd>
        ),
      )}
    </span>
  );
}
