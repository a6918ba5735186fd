import { CutpointError } from '../../errors'
import type { ReadContext } from '../types'

/** What a download tells on its way. */
export interface DownloadListener {
  /** Bytes that arrived since the last call. */
  received(bytes: number): void
  /** Bytes that will arrive, where the server says. */
  expected?(bytes: number): void
}

/** How often a download that waits for its server looks whether it was cancelled, in milliseconds. */
const pollInterval = 100

/**
 * Runs `work` with a signal that is aborted once the user has cancelled, and in any case when `work` ends. Throws what
 * `checkCancelled` threw.
 */
export async function withCancel<T>(context: ReadContext, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  context.checkCancelled()
  const controller = new AbortController()
  let cancelled: unknown
  const timer = setInterval(() => {
    try {
      context.checkCancelled()
    } catch (error) {
      cancelled = error
      controller.abort()
    }
  }, pollInterval)
  try {
    return await work(controller.signal)
  } catch (error) {
    throw cancelled ?? error
  } finally {
    clearInterval(timer)
    controller.abort()
  }
}

/** `work` on each item, a few at a time; results in the order of `items`. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>, most = 4): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const drain = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: most }, drain))
  return results
}

/**
 * The body of one address. Throws CutpointError `url-status` for an answer that is not a success, `url-blocked` where
 * the server answers but does not let other sites read it, `url-unreachable` where nothing answers.
 */
export async function download(address: URL, signal: AbortSignal, listener: DownloadListener): Promise<Blob> {
  const response = await request(address, signal)
  if (!response.ok) throw statusError(address, response.status)
  const length = Number(response.headers.get('content-length'))
  if (length > 0 && response.headers.get('content-encoding') === null) listener.expected?.(length)
  const chunks: Uint8Array<ArrayBuffer>[] = []
  try {
    for (const reader = response.body?.getReader(); reader;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      listener.received(value.length)
    }
  } catch (error) {
    throw signal.aborted || error instanceof CutpointError ? error : unreachable(address, 'The connection broke off')
  }
  return new Blob(chunks)
}

async function request(address: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal })
  } catch (error) {
    if (signal.aborted) throw error
    throw (await answersAtAll(address, signal)) ? blocked(address) : unreachable(address, 'Nothing answers')
  }
}

/**
 * A page learns nothing of why a request to another site failed. One that asks for no permission to read is answered
 * also by a server that would refuse it, with a response that stays closed.
 */
async function answersAtAll(address: URL, signal: AbortSignal): Promise<boolean> {
  if (!address.protocol.startsWith('http')) return false
  try {
    const response = await fetch(address, { signal, mode: 'no-cors', credentials: 'omit' })
    await response.body?.cancel()
    return true
  } catch (error) {
    if (signal.aborted) throw error
    return false
  }
}

function statusError(address: URL, status: number): CutpointError {
  const reason =
    status === 404 ? 'there is no such file' : status === 401 || status === 403 ? 'it wants a login' : 'it failed'
  return new CutpointError(
    'url-status',
    `The server answers ${status} for ${address.href}: ${reason}.`,
    status === 404
      ? 'Check the address; it should end in model.json.'
      : 'Check the address, or download the files and drop them.',
    { url: address.href, status },
  )
}

function blocked(address: URL): CutpointError {
  return new CutpointError(
    'url-blocked',
    `${address.host} can be reached, but it does not let other sites read ${address.href}.`,
    'Download the files and drop them here, or use a server that allows other sites (CORS).',
    { url: address.href },
  )
}

function unreachable(address: URL, what: string): CutpointError {
  return new CutpointError(
    'url-unreachable',
    `${what} at ${address.href}.`,
    'Check the address and your connection, or download the files elsewhere and drop them here.',
    { url: address.href },
  )
}
