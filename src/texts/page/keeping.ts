import { quoted } from '../../marks'

const number = new Intl.NumberFormat('en')
const count = (amount: number, one: string, many: string): string =>
  `${number.format(amount)} ${amount === 1 ? one : many}`

/** What is said of keeping work between visits. */
export const keepingTexts = {
  returnTitle: 'Continue where you left off',
  returnWhen: (when: string) => `Last changed ${when}.`,
  returnModel: (name: string) => `Network ${quoted(name)}`,
  returnPhotos: (photos: number, labels: number) =>
    photos === 0
      ? count(labels, 'label', 'labels')
      : `${count(photos, 'photo', 'photos')} in ${count(labels, 'label', 'labels')}`,
  returnHeads: (heads: number) => count(heads, 'trained head', 'trained heads'),
  continue: 'Continue',
  startFresh: 'Start fresh',
  returnHelp:
    'It was kept on this device, in this browser. Start fresh deletes all of it, for example on a shared computer.',

  freshTitle: 'Delete everything and start fresh?',
  freshText:
    'Photos, labels, network and trained heads that are kept in this browser are deleted. This cannot be undone.',
  freshYes: 'Delete everything',
  freshNo: 'Keep it',
  freshDone: 'Everything was deleted.',
  freshDoneText: 'Nothing of the last visit is left in this browser.',

  continuing: 'Bringing back your work',
  keepingModel: 'Keeping a copy on this device',

  takenTitle: (photos: number, labels: number) =>
    `Your ${keepingTexts.returnPhotos(photos, labels)} of last time are here again.`,
  takenText: 'If you are someone else, or want to begin again, start fresh.',

  /** Why nothing is kept, each as a title and a text. */
  trouble: {
    'other-tab': [
      'Cutpoint is open in another tab.',
      'What you do here is not kept. To keep it, close this tab and go on in the other one.',
    ],
    full: [
      'The disk is full.',
      'What was kept stays, and you can go on; what you did last, and do from now on, is lost with this tab. Free some room on this device, or save a project.',
    ],
    refused: [
      'This browser’s settings keep this page from storing anything.',
      'All works, but a reload starts over. Allow cookies and site data for this page to have your work kept.',
    ],
    newer: [
      'A newer Cutpoint was opened in this browser.',
      'What you do here is not kept any more; what was kept is there in the newer one. Save a project if there is something new here, then reload the page.',
    ],
    lost: [
      'What this page keeps cannot be reached any more.',
      'You can go on; what you do from now on is lost with this tab. Save a project, then reload the page.',
    ],
    unfetched: [
      'Your work is not kept: a part of the page could not be fetched.',
      'All works, but a reload starts over. Check the network, then reload the page.',
    ],
    blocked: [
      'This browser keeps nothing for this page.',
      'All works, but a reload starts over. A private window or the browser’s settings may be why.',
    ],
  },
  leftOutTitle: (records: number) =>
    `${count(records, 'thing', 'things')} that ${records === 1 ? 'was' : 'were'} kept could not be read.`,
  headsLeftOutTitle: (heads: number) => `${count(heads, 'trained head', 'trained heads')} could not be read.`,
  trainingLeftOutTitle: 'A training that was interrupted could not be read.',
  trainingLostTitle: 'A training that was interrupted could not be brought back.',
  leftOutText: 'What is kept of it is damaged, or of another Cutpoint. The rest is here.',
  tryAgain: 'Try again',
  keptAgainTitle: 'Everything is kept again.',
  keptAgainText: 'Your work is there after a reload.',
  clearedTitle: 'This site’s data was deleted while the page was open.',
  clearedText: 'What you see here was saved again.',
  clearedPhotosText: (photos: number) =>
    `The files of ${count(photos, 'photo', 'photos')} went with it: add them again. The rest of what you see here was saved again.`,
  lostTitle: (photos: number) => `The files of ${count(photos, 'photo', 'photos')} cannot be read any more.`,
  lostText: 'They were taken out of their labels: add them again.',
  modelTooLargeTitle: 'There is no room to keep this network.',
  modelTooLargeText: 'You can go on. After a reload, open it again; your photos and labels are kept.',

  leftTitle: (name: string, heads: number) =>
    heads === 0
      ? `${quoted(name)} is kept, with its cut.`
      : `${quoted(name)} is kept, with its cut and ${count(heads, 'trained head', 'trained heads')}.`,
  leftText: 'Go back to it whenever you like, here or under “Model”.',
  goBack: 'Go back to it',
  droppedTitle: (name: string, heads: number) =>
    `${quoted(name)} and its ${count(heads, 'trained head', 'trained heads')} are no longer kept.`,
  droppedText: (most: number) =>
    `${most} networks are kept at most: those without heads go first, then the one that was not used for longest.`,
  othersTitle: 'Also kept on this device',
  otherHeads: (heads: number) => (heads === 0 ? 'no heads' : count(heads, 'trained head', 'trained heads')),
  otherWhen: (when: string) => `changed ${when}`,
  open: (name: string) => `Open ${quoted(name)}`,
  delete: (name: string) => `Delete ${quoted(name)}`,
  deleteTitle: (name: string) => `Delete ${quoted(name)}?`,
  deleteText: (heads: number) =>
    heads === 0
      ? 'It is deleted from this browser, with its cut. Photos stay.'
      : `It is deleted from this browser, with its cut and ${count(heads, 'trained head', 'trained heads')}. Photos stay. This cannot be undone.`,
  deleteYes: 'Delete it',

  modelLostTitle: (name: string) => `The network ${quoted(name)} could not be brought back.`,
  cutLostTitle: 'The cut could not be brought back.',
  headsLostTitle: 'The trained heads could not be brought back.',
  inputsLostTitle: 'The other inputs’ values could not be brought back.',
  modelGone: 'Its files are no longer there.',
  modelGoneNext: 'Open it again; your photos and labels are here.',
  photosLostTitle: (photos: number) => `${count(photos, 'photo', 'photos')} could not be brought back.`,
  photosLostText: 'Their files are no longer on this disk. Add them again.',
} as const
