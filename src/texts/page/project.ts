import { quoted } from '../../marks'

/** Texts of saving and opening project files. */
export const projectTexts = {
  menu: 'Project',
  save: 'Save project',
  open: 'Open project',
  hint: 'A project is one file with the model, the photos, the settings and the trained heads in it.',
  saving: 'Saving the project',
  opening: 'Opening the project',
  takingPhotos: 'Taking in the photos',
  fileName: (model: string | null, day: string) => `${model ?? 'photos'} ${day}.cutpoint`,

  savedTitle: (name: string) => `Saved as ${quoted(name)}.`,
  savedText:
    'The file has the model, the photos, the settings and the heads in it. Open it here or on another computer.',
  nothingTitle: 'There is nothing to save yet.',
  nothingText: 'Open a model or add photos first.',
  openedTitle: 'The project is open.',
  openedText: (photos: number, labels: number, heads: number) =>
    `${count(photos, 'photo', 'photos')} of ${count(labels, 'label', 'labels')}, ${count(heads, 'trained head', 'trained heads')}.`,

  askTitle: (name: string) => `Open ${quoted(name)}?`,
  askText: 'It takes the place of the model, photos and heads that are here now. To keep those, save them first.',
  askOpen: 'Open it',
  askSave: 'Save mine first',
  askLeave: 'Leave it',

  pictureGone: (name: string) => `The file of the photo ${quoted(name)} is no longer there.`,
  pictureGoneNext: 'Delete the photo from its label, and save again.',
  pictureBroken: (name: string, why: string) => `The photo ${quoted(name)} of the project cannot be used: ${why}`,
  pictureOther: (name: string) => `The photo ${quoted(name)} of the project is not the one that was saved.`,
  notAsSaved: (why: string) => `The project cannot be opened as it was saved: ${why}`,
  headUnfit: 'A head of the project does not fit the tensors it was trained at.',
} as const

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`
}
