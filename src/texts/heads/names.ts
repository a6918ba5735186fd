import type { HeadOptions, HeadReport, TrainOptions } from '../../types'
import { trainTexts } from '../training/train'
import { centroidTexts } from './centroid'
import { tuningTexts } from '../training/tuning'
import { convTexts } from './conv'
import { denseTexts } from './dense'
import { knnTexts } from './knn'
import { linearTexts } from './linear'
import { ownTexts } from './own'
import { svmTexts } from './svm'

type OptionsOf = { readonly [Kind in HeadOptions['kind']]: Extract<HeadOptions, { kind: Kind }> }

type Titles = { readonly [Kind in keyof OptionsOf]: (options: OptionsOf[Kind]) => string }

const titles: Titles = {
  linear: ({ l2, scale }) => linearTexts.title(l2, scale === 'each'),
  dense: ({ hidden }) => denseTexts.title(hidden),
  conv: ({ filters, kernel }) => convTexts.title(filters, kernel),
  svm: svmTexts.title,
  knn: ({ k }) => knnTexts.title(k),
  centroid: () => centroidTexts.title,
  own: ({ network }) => ownTexts.title(network?.name ?? null),
}

/** Kinds to which class weights make no difference. */
const unweighed: ReadonlySet<keyof OptionsOf> = new Set(['knn', 'centroid'])

/** What a head with these options is called among others. */
export const titleOfHead = <Kind extends keyof OptionsOf>(kind: Kind, options: OptionsOf[Kind]): string =>
  titles[kind](options)

/** A head by what it was trained with, and what came of it. */
interface NamedHead {
  readonly options: Pick<TrainOptions, 'head' | 'classWeights'>
  readonly report: Pick<HeadReport, 'tail'>
}

/** What a trained head is called. */
export function nameOfHead({ options: { head, classWeights }, report }: NamedHead): string {
  const alone = titleOfHead(head.kind, head)
  const title = report.tail?.kept ? tuningTexts.title(alone) : alone
  return classWeights === 'balanced' && !unweighed.has(head.kind) ? `${title}, ${trainTexts.heads.balanced}` : title
}

/** Where a head was cut: the end of the tensor's name, which is what tells cuts apart. */
export function placeOfCut(cut: readonly string[]): string {
  const [first = ''] = cut
  return cut.length > 1 ? trainTexts.heads.several(cut.length) : first.replace(/:0$/, '').split('/').slice(-2).join('/')
}
