/** The pages of others that the console links to. A page that is not listed here opens on no host. */
export const externalLinks = {
  /** Says whether Postscript itself is down. */
  postscriptStatus: 'https://status.postscript.io/',
} as const;

export type ExternalLinkName = keyof typeof externalLinks;
