/** The top of the page. */
export const headerTexts = {
  open: 'Open',
  openAnother: 'Open another model: files or a zip',
  openFolder: 'Open another model: a folder',
  cancel: 'Cancel',
  stopping: 'Stopping …',
  light: 'Use light colours',
  dark: 'Use dark colours',
  present: 'Large type for a projector',
  usual: 'Back to usual type',
  menu: 'More about this page',
  keys: 'Keys',
  offline: {
    ready: 'Ready to work offline',
    preparing: 'Getting ready to work offline …',
    no: 'Needs the network: this browser keeps no pages here',
  },
  version: (version: string): string => `Cutpoint ${version}`,
  notices: 'Licences of what Cutpoint is made with',
  private: 'Models and photos stay on this machine. Nothing is uploaded.',
  backend: 'Backend',
} as const
