import { settingsVariable, type StandInSettings } from './settings.ts';

function readSettings(): StandInSettings {
  const text = process.env[settingsVariable];
  if (text === undefined) throw new Error(`Expected ${settingsVariable}: start the app with launchDesktop()`);
  // Written by launchDesktop and by nobody else.
  return JSON.parse(text) as StandInSettings;
}

/** Read once: what the test gave this process. */
export const settings = readSettings();
