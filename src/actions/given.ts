import { asCutpointError, CutpointError } from '../errors'
import { addPhotos } from '../store/photos/photos'
import { getState } from '../store/state/state'
import { takeOwnNetwork } from '../store/training/own-network'
import type { Part, RejectedFile, TrainAsked, TrainCalled } from '../types'

/** Adds pictures to a label; addresses that cannot be fetched are rejected one by one, as broken pictures are. */
export async function addImages(
  label: string,
  images: (Blob | string)[],
  options: { part?: Part } = {},
): Promise<{ added: number; rejected: RejectedFile[] }> {
  const fetched = await Promise.allSettled(images.map(toBlob))
  const part = options.part ? { part: options.part } : {}
  const arrivals = fetched.flatMap((result) =>
    result.status === 'fulfilled' ? [{ ...result.value, label, ...part }] : [],
  )
  const unreachable = fetched.flatMap((result, index) => {
    const image = images[index]
    if (result.status === 'fulfilled' || typeof image !== 'string') return []
    return [{ name: image, reason: asCutpointError(result.reason).message }]
  })
  const { added, rejected } = await addPhotos(arrivals)
  return { added, rejected: [...unreachable, ...rejected] }
}

/** Files that a script gives, as those that were picked. */
export function toFiles(source: File | File[]): { path: string; blob: Blob }[] {
  return [source].flat().map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }))
}

/** A picture that a script gives, fetched where it is an address; `index` names one that has no name. */
export async function toBlob(image: Blob | string, index: number): Promise<{ name: string; blob: Blob }> {
  if (typeof image !== 'string') return { name: image instanceof File ? image.name : `image ${index + 1}`, blob: image }
  const response = await fetch(image).catch(() => null)
  if (!response?.ok) {
    throw new CutpointError(
      response ? 'url-status' : 'url-unreachable',
      `The picture at ${image} could not be fetched.`,
      'Check the address, and that its site allows other sites to read it.',
      { url: image, status: response?.status ?? null },
    )
  }
  return { name: image, blob: await response.blob() }
}

/**
 * What a script asks of a training; a promise where a network is read first that it gives for a head. One that was given before
 * stays.
 */
export function withOwnNetwork({ head, ...rest }: TrainCalled): TrainAsked | Promise<TrainAsked> {
  if (head?.kind !== 'own') return { ...rest, ...(head && { head }) }
  const { model, ...asked } = head
  if (model === undefined) return { ...rest, head: { network: getState().ownNetwork?.facts ?? null, ...asked } }
  const source = typeof model === 'string' ? { url: new URL(model, document.baseURI).href } : { files: toFiles(model) }
  return takeOwnNetwork(source).then((network) => ({ ...rest, head: { ...asked, network } }))
}
