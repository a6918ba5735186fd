import { quoted } from '../../marks'
import type { Part } from '../../types'
import { percent } from '../percent'

type ViewKey = Part | 'leaveOneOut'

const photos = (count: number): string => (count === 1 ? '1 photo' : `${count} photos`)

/** What the photos of a view are called after their number. */
const evaluatedOn: Record<ViewKey, string> = {
  test: 'held out',
  validation: 'for validation',
  leaveOneOut: 'left out one at a time',
  train: 'trained on',
}

const byCrossValidation = (name: string) => (value: number) => `${name} ${value} was chosen by cross-validation.`

/** What is said of options that were found out, by name. */
const chosenOptions: Partial<Record<string, (value: number) => string>> = {
  l2: byCrossValidation('λ'),
  c: byCrossValidation('C'),
  gamma: byCrossValidation('γ'),
  k: (value) =>
    `With so few photos, ${value === 1 ? 'only the nearest one is' : `the ${value} nearest are`} asked; with all of them every photo would get the same answer.`,
}

/** Texts of the report: how well a head does, on which photos, and which it gets wrong. */
export const reportTexts = {
  percent,
  photos,

  open: 'Open the report',
  title: 'Report',
  close: 'Close the report',
  saveJson: 'JSON',
  saveCsv: 'CSV',
  saveAs: (format: string) => `Save the report as ${format}`,

  views: 'Which photos are looked at',
  viewNames: {
    test: 'Held out',
    validation: 'Validation',
    leaveOneOut: 'Leave one out',
    train: 'Trained on',
  } satisfies Record<ViewKey, string>,

  share: (share: number) => percent(share),
  rightOf: (right: number, total: number, view: ViewKey) => `right: ${right} of ${photos(total)} ${evaluatedOn[view]}`,
  interval: (low: number, high: number) =>
    `On new photos of this kind, most likely between ${percent(low)} and ${percent(high)}.`,
  wide: 'More held-out photos would tell more exactly.',
  notEvaluated: 'There is nothing to evaluate with.',
  notEvaluatedWhy: (right: number, total: number) =>
    `No photo was kept from the head, so how well it does on new ones is not known. Of the ${photos(total)} it was trained on it recognises ${right}. Add photos until some are held out.`,
  noInterval: 'The head has seen these photos, so this says nothing about new ones.',
  scale: (share: number, low: number, high: number) =>
    `${percent(share)}, most likely between ${percent(low)} and ${percent(high)}, on a scale from 0 to 100 %`,
  trainedOn: (count: number, share: number) => `On the ${photos(count)} it was trained on: ${percent(share)}.`,
  warnings: 'Worth knowing',

  heldOut: 'What was held out, and why',
  /** Which photos evaluate, how many, and why these. */
  why: {
    test: (held: number, trained: number) =>
      `${photos(held)} were held out: the head was trained on the other ${trained} and never saw these, so they show how it does on new ones. Copies of a photo and photos of one recording always stay together.`,
    validation: (held: number) =>
      `${photos(held)} were set aside for validation. They may have decided when training stopped, so on new photos the head may do a little worse.`,
    leaveOneOut: (count: number) =>
      `There are too few photos to hold some out. So each of the ${count} was evaluated by a head of its own, trained on all the others: nothing was evaluated by a head that had seen it.`,
    train: (count: number) =>
      `These are the ${photos(count)} the head was trained on. It knows them; held-out photos say more.`,
    nothingChosen: (count: number) =>
      `Nothing was held out, because the settings say to train on all ${count} photos. Hold some out under “Settings” to see how the head does on new ones.`,
    nothingFew: (fewest: number) =>
      `Nothing was held out: a label needs ${fewest} photos before one of them is. Add photos to see how the head does on new ones.`,
  },

  matrix: 'What was taken for what',
  matrixOfMany: (shown: number, labels: number): string =>
    `The ${shown} labels most often taken for one another, of ${labels.toLocaleString('en')}. All of them are in the table below and in the saved report.`,
  matrixHelp: 'Rows: what it is. Columns: what the head says. Choose a cell to see its photos.',
  matrixKeys: 'Arrow keys go from cell to cell, Enter shows its photos.',
  sortByConfusion: 'Mixed-up labels side by side',
  cell: (count: number, label: string, predicted: string) =>
    label === predicted
      ? `${photos(count)} of ${label} taken for what they are`
      : `${photos(count)} of ${label} taken for ${predicted}`,
  mostConfused: 'Most often mixed up',
  confused: (label: string, predicted: string) => `${label} taken for ${predicted}`,
  noMistakes: 'Every one of these photos was recognised.',

  labels: 'Label by label',
  labelColumn: 'Label',
  photosColumn: 'Photos',
  recall: 'Found',
  recallHelp: 'Of the photos that are this, how many the head called so (recall).',
  precision: 'Trusted',
  precisionHelp: 'Of the photos the head called this, how many are (precision).',
  ratio: (right: number, total: number) => `${right} of ${total}`,
  none: 'none',

  histogram: 'How sure the head was',
  histogramHelp: 'A good head is sure when it is right and unsure when it is wrong.',
  right: 'right',
  wrong: 'wrong',
  bar: (count: number, right: boolean, from: number, to: number) =>
    `${photos(count)} ${right ? 'right' : 'wrong'} at ${percent(from)} to ${percent(to)} sure`,
  barRange: (from: number, to: number) => `${Math.round(from * 100)}–${Math.round(to * 100)}`,
  sureAxis: 'How sure, in %',

  curves: 'How training went',
  loss: 'Loss',
  lossHelp: 'how far off the head is; lower is better',
  accuracy: 'Accuracy',
  accuracyHelp: 'share of photos right',
  training: 'training',
  validation: 'validation',
  epoch: 'Epoch',
  step: 'Step',
  asTable: 'As a table',
  course: (name: string, rounds: number, first: string, last: string) =>
    `${name} over ${rounds} rounds of training: from ${first} to ${last}`,

  gallery: {
    mistakes: (count: number) => (count === 1 ? '1 mistake' : `${count} mistakes`),
    mistakesHelp: 'The most confident first.',
    none: 'No mistakes here.',
    allMistakes: 'All mistakes',
    empty: 'No photos any more.',
    recognised: 'recognised as',
    takenFor: 'taken for',
    more: (count: number) => `Show ${count} more`,
    is: (label: string) => `is ${label}`,
    gone: 'deleted',
    movedTo: (label: string) => `now in ${quoted(label)}`,
  },

  photo: {
    title: (at: number, of: number) => `Photo ${at} of ${of}`,
    close: 'Close the photo',
    isIn: 'It is in',
    says: 'The head says',
    sure: (confidence: number) => `${percent(confidence)} sure`,
    part: 'Used',
    parts: { train: 'to train', validation: 'for validation', test: 'to evaluate (held out)' } satisfies Record<
      Part,
      string
    >,
    moveTo: 'Move it to',
    move: 'Move',
    delete: 'Delete the photo',
    goTo: 'Show it among the photos',
    nameless: 'A photo',
    gone: 'This photo has been deleted.',
    moved: (label: string) => `Moved to ${quoted(label)}.`,
    deleted: 'Deleted.',
    later: 'The report takes changes in when the head is trained again.',
  },

  made: 'How it was made',
  madeFeatures: (count: number, backend: string, time: string, remembered: number) =>
    `${photos(count)} through the network on ${backend}: ${time}${remembered > 0 ? ` (${remembered} remembered)` : ''}.`,
  chosen: (chosen: Readonly<Record<string, number>>) =>
    Object.entries(chosen)
      .map(([name, value]) => chosenOptions[name]?.(value) ?? `${name} ${value} was chosen by cross-validation.`)
      .join(' '),
  madeHead: (time: string, steps: number, gradient: string | null) =>
    `Head: ${time}${steps === 0 ? '' : `, ${steps} steps`}${gradient === null ? '' : `, largest gradient ${gradient}`}.`,
} as const
