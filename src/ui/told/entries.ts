import { CutpointError } from '../../errors'
import { readFormula } from '../../graph/told/formula'
import { toldTexts as texts } from '../../texts/model/told'
import type { Told } from '../../types'

/** What is typed of what a layer does. */
export type Field = 'by' | 'mean' | 'deviation' | 'height' | 'width' | 'formula'
export type Entries = Readonly<Record<Field, string>>

/** In the order in which they are offered. */
export const kinds: readonly Told['does'][] = ['formula', 'scale', 'shift', 'resize', 'identity']

const fields: Readonly<Record<Told['does'], readonly Field[]>> = {
  identity: [],
  scale: ['by'],
  shift: ['mean', 'deviation'],
  resize: ['height', 'width'],
  formula: ['formula'],
}

/** The fields to fill in for what a layer does, in the order in which they are shown. */
export const fieldsOf = (kind: Told['does']): readonly Field[] => fields[kind]

/** What stands in the fields at first: what was told, else what is most often meant. */
export function entriesOf(told: Told | null): Entries {
  const entries = {
    by: '255',
    mean: '127.5',
    deviation: '127.5',
    height: '224',
    width: '224',
    formula: 'x / 127.5 - 1',
  }
  switch (told?.does) {
    case 'scale':
      return { ...entries, by: String(told.by) }
    case 'shift':
      return { ...entries, mean: told.mean.join(', '), deviation: told.deviation.join(', ') }
    case 'resize':
      return { ...entries, height: String(told.height), width: String(told.width) }
    case 'formula':
      return { ...entries, formula: told.formula }
    default:
      return entries
  }
}

/** What was typed as what is told. Throws CutpointError `bad-formula` or `cannot-tell`. */
export function toldOf(does: Told['does'], entries: Entries): Told {
  switch (does) {
    case 'identity':
      return { does }
    case 'scale':
      return { does, by: numberIn(entries.by) }
    case 'shift':
      return { does, mean: numbersIn(entries.mean), deviation: numbersIn(entries.deviation) }
    case 'resize':
      return { does, height: numberIn(entries.height), width: numberIn(entries.width) }
    case 'formula':
      readFormula(entries.formula)
      return { does, formula: entries.formula.trim() }
  }
}

function numbersIn(text: string): number[] {
  const numbers = text
    .split(/[\s,;[\]()]+/)
    .filter(Boolean)
    .map(Number)
  if (numbers.length > 0 && numbers.every((value) => Number.isFinite(value))) return numbers
  throw new CutpointError('cannot-tell', texts.notNumbers, texts.numbersNext, { text })
}

function numberIn(text: string): number {
  const [number, ...others] = numbersIn(text)
  if (others.length === 0) return number
  throw new CutpointError('cannot-tell', texts.oneNumber, texts.numbersNext, { text })
}
