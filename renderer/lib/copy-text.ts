import { notifyDone } from '../components/notify.tsx';

/** Copies, and says so: nothing on the screen shows what is in the clipboard. `what`: "The id of delivery 7". */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifyDone(`${what} is copied.`);
  } catch {
    notifyDone('The browser did not allow copying. Select the text and copy it by hand.');
  }
}
