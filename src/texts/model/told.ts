import { quoted } from '../../marks'
import type { Told } from '../../types'

/** A number as people write it in a formula. */
const list = (values: readonly number[]): string => values.join(', ')

/** Telling a layer what it does of which the file does not say it. */
export const toldTexts = {
  title: 'What it does',
  question: (layer: string, layerClass: string) =>
    `The file does not say what ${quoted(layer)} does: ${layerClass === 'Lambda' ? 'a Lambda is Python code, which is not run here' : `${layerClass} is a class of its author’s own`}. If you know it, say it here.`,
  ask: (layer: string) => `Say what ${quoted(layer)} does`,
  change: (layer: string) => `${quoted(layer)}: change what it does`,
  more: (count: number) => `${count} more layers can be told what they do.`,
  does: 'It',
  kinds: {
    identity: 'changes nothing',
    scale: 'divides by a number',
    shift: 'subtracts a mean and divides by a deviation',
    resize: 'resizes pictures (bilinear)',
    formula: 'computes a formula of x',
  } satisfies Record<Told['does'], string>,
  by: 'Divide by',
  mean: 'Mean: one number, or one for each channel',
  deviation: 'Deviation: one number, or one for each channel',
  height: 'Height in pixels',
  width: 'Width in pixels',
  formula: 'Formula',
  formulaHelp: 'x is what the layer gets. Numbers, + - * /, parentheses, min( , ) and max( , ).',
  notNumbers: 'These are not all numbers.',
  oneNumber: 'One number is enough here.',
  numbersNext: 'Type numbers with a point, separated by commas: 123.68, 116.78, 103.94.',
  apply: 'Use this',
  forget: 'It is not known',
  undo: 'Undo',

  /** What was done, for undo and redo. */
  did: {
    tell: (layer: string) => `say what ${quoted(layer)} does`,
    forget: (layer: string) => `say that it is not known what ${quoted(layer)} does`,
  },
  told: (told: Told): string => {
    switch (told.does) {
      case 'identity':
        return 'You said that it changes nothing.'
      case 'scale':
        return `You said that it divides by ${told.by}.`
      case 'shift':
        return `You said that it subtracts ${list(told.mean)} and divides by ${list(told.deviation)}.`
      case 'resize':
        return `You said that it resizes to ${told.width} × ${told.height}.`
      case 'formula':
        return `You said that it computes ${told.formula}.`
    }
  },
  lostCut: 'The network is no longer cut there.',
  lostHead: 'The trained head no longer fits.',
  lostText: 'With what the layer was told, pictures take another way. Cut and train again, or undo.',
} as const
