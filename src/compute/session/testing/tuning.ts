import { noCopies } from '../../../augment-options'
import { fixtureFiles } from '../../../formats/testing/files'
import { readAll } from '../../../formats/source'
import { firstHead } from '../../../heads/specs'
import type { TrainingMark } from '../../../kept-training'
import { firstTail, type TailOptions } from '../../../tail-options'
import type { HeadOptions, Progress } from '../../../types'
import type { Decode } from '../../features/features'
import type { LabelledImage } from '../../features/labelled-image'
import { createSession } from '../session'
import type { MarkedOptions, TrainedHead } from '../types'

/** Of stripes in one direction, or in both or none. */
export const labels = ['dark', 'light']
/** Forty photos, of which each fifth is held out for validation; their pictures follow from their numbers. */
export const images = Array.from({ length: 40 }, (_, at): LabelledImage => {
  const part = at % 5 === 4 ? 'validation' : 'train'
  const plain = { part, group: null, perceptualHash: null } as const
  return { ...plain, id: String(at), name: String(at), hash: String(at), label: labels[(at ^ (at >> 1)) & 1] }
})

/** Noise with stripes, of which a label has those in one direction or the other, or those of both or none. */
export const pictureOf: Decode = (picture, { width, height }) => {
  const seed = Number(picture)
  const [left, top] = [seed & 1, (seed >> 1) & 1]
  const value = (place: number): number => {
    const [x, y] = [Math.floor(place / 3) % width, Math.floor(place / (3 * width))]
    return (Math.imul(place + 977 * seed, 2654435761) >>> 26) + 70 * ((x + left) & 1) + 70 * ((y + top) & 1)
  }
  return Promise.resolve(Uint8Array.from({ length: width * height * 3 }, (_, place) => value(place)))
}

/** A session with the small network open and cut. */
export async function opened(onProgress: (progress: Progress) => void = () => undefined) {
  const session = createSession(onProgress)
  const files = await Promise.all(
    fixtureFiles('cnn-float32').map(async (file) => ({
      path: file.path,
      blob: new Blob([(await readAll(file)).slice()]),
    })),
  )
  const { preprocessing, summary } = await session.open('open', { files }, {}, 1)
  if (!preprocessing) throw new Error('it takes no pictures')
  const cut = summary.suggestedCut ?? ''
  await session.cut(1, [cut])
  session.useDecoder(pictureOf)
  const train = (
    tail: Partial<TailOptions>,
    head: HeadOptions = firstHead,
    photos = images,
    mark?: TrainingMark,
  ): Promise<TrainedHead> => {
    const options: MarkedOptions = {
      ...(mark && { mark }),
      head,
      tail: { ...firstTail, layers: 1, learningRate: 0.003, epochs: 8, schedule: 'constant', ...tail },
      split: { train: 1, validation: 0, test: 0 },
      classWeights: 'none',
      seed: 1,
      augment: noCopies,
    }
    return session.train('train', photos, labels, preprocessing, options)
  }
  return { session, preprocessing, cut, train }
}

/** Settings with which the last layers learn in no time. */
export const quick = { learningRate: 0.01, epochs: 12 }
