/** Texts of the camera: recording photos of a label. */
export const cameraTexts = {
  open: (label: string) => `Record photos of ${label} with the camera`,
  panel: (label: string) => `Camera for ${label}`,
  close: 'Close the camera',
  picture: 'Live picture of the camera',
  asking: 'Starting the camera. If the browser asks whether this page may use it, allow it.',
  choose: 'Camera',
  unnamed: (number: number) => `Camera ${number}`,
  again: 'Try again',

  hold: 'Hold to record',
  holding: 'Recording … let go to stop',
  start: 'Start recording',
  stop: 'Stop recording',
  byClick: 'Start and stop by a click instead of holding',
  saving: 'Adding the photos …',
  added: (photos: number) => (photos === 1 ? 'One photo added.' : `${photos} photos added.`),
  full: (photos: number) => `${photos} photos added. That is as long as one recording gets.`,
  /** What to do next, by how many recordings the label has. */
  advice: (recordings: number) =>
    recordings === 0
      ? 'Turn it and move it about while you record, so that the photos differ.'
      : recordings < 5
        ? `${recordings === 1 ? 'One recording' : `${recordings} recordings`} so far. Make about five, from other sides and with another background: some whole recordings are kept aside to test with.`
        : `${recordings} recordings so far.`,
  photoName: (time: string, number: string) => `camera ${time} ${number}.jpg`,

  insecure: {
    message: 'The camera cannot be used here, because this page was opened over plain http.',
    next: 'Open it by an address that begins with https, or on this computer as localhost. Photos can be dropped as files all the same.',
  },
  unsupported: {
    message: 'This browser has no way to the camera.',
    next: 'Use a current Chrome, Edge, Firefox or Safari, or drop photos as files.',
  },
  denied: {
    message: 'The browser does not let this page use the camera.',
    next: 'Click the sign beside the page’s address, allow the camera, and try again. At school it may be switched off for all pages.',
  },
  missing: {
    message: 'No camera was found.',
    next: 'Plug one in or switch it on, and try again. Photos can be dropped as files, too.',
  },
  busy: {
    message: 'The camera is there but gives no picture; another program may be using it.',
    next: 'Close the other program (a video call, for example) and try again.',
  },
  unplugged: {
    message: 'The camera has stopped.',
    next: 'Look whether it is still plugged in, and try again.',
  },
} as const
