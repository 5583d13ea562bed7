/** An event of Electron's: whoever hears it may prevent what follows. */
export type Preventable<Details extends object = object> = Details & {
  readonly defaultPrevented: boolean;
  readonly preventDefault: () => void;
};

export function makeEvent<Details extends object>(details: Details): Preventable<Details> {
  let isPrevented = false;
  return {
    ...details,
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault: () => {
      isPrevented = true;
    },
  };
}
