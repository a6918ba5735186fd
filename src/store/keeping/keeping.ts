import { deferred } from '../../deferred'
import { tidyFeatures } from '../../keeping/features'
import { tidyTrainings } from '../../keeping/trainings'
import { Records } from '../../keeping/records'
import { storedHeads } from '../../keeping/schema/stored'
import { whyNotKept } from '../../keeping/why'
import { keepingTexts } from '../../texts/page/keeping'
import { getState, initialState, setState, useStore } from '../state/state'
import type { KeptNetwork, Photo } from '../state/types'
import { forgetView } from '../state/kept-view'
import { whenLookedAt } from '../page/visibility'
import { filesWorker, tidyModels } from '../workers/files-worker'
import { imageWorker } from '../workers/workers'
import { keepComputed } from './compute-disk'
import { openFiles, tidyPictures } from './files'
import { forgetFilesOf } from './forget-files'
import { mostNetworks } from './kept-networks'
import { dropLostPhotos } from './lost-photos'
import { holdTab } from './tab'
import {
  clearTrouble,
  tellCleared,
  tellDropped,
  tellLeft,
  tellLeftOut,
  tellLost,
  tellTaken,
  tellTrouble,
  type Trouble,
} from './telling'
import { returningOf, visitOf, type StoredHead, type KeptVisit } from './visit'
import { Writer, type WriterListener } from './writer'

/** The database and its writer, while this tab is the one that keeps its work. */
interface Keeper {
  records: Records
  readonly writer: Writer
}

/** What keeping needs of the modules that open models and hold heads. */
export interface KeepingHelpers {
  /** Opens a kept network again, when the user asks for that on a notice. */
  readonly goBack: (key: string) => void
  /** Keeps the open model's files, if they are not kept yet. */
  readonly keepModel: () => Promise<void>
  /** All heads of the open model with their weights. */
  readonly heads: () => readonly StoredHead[]
}

let helpers: KeepingHelpers | null = null
let keeper: Keeper | null = null
/** Key of the open network, to see when another takes its place. */
let openKey: string | null = null
/** The visit before this one, until it is decided whether this one goes on with it. */
let undecided: KeptVisit | null = null
/** The reopening of a database that was closed, while that is under way. */
let recovering: Promise<void> | null = null
let trying: ReturnType<typeof setTimeout> | undefined
const begun = deferred<null>()

const goBack = (key: string): void => helpers?.goBack(key)

/** Milliseconds until what could not be written is tried again. */
const patience = 20_000

/** Resolves to whether what is done here is kept, as soon as that is known. */
export const keeps = (): Promise<boolean> => begun.promise.then(() => keeper !== null && !keeper.writer.stopped)

/** Begins to keep what is done, and reads what is kept of the last visit. */
export async function startKeeping(given: KeepingHelpers): Promise<void> {
  helpers = given
  useStore.subscribe(() => keepUp())
  whenLookedAt(() => void tryAgain())
  try {
    if (await holdTab()) await startWriting()
    else goOnInMemory('other-tab')
  } catch (error) {
    goOnInMemory(whyNotKept(error))
  }
  begun.resolve(null)
}

async function startWriting(): Promise<void> {
  const records = await Records.open(onTrouble)
  const read = await records.read()
  const visit = visitOf(read)
  // The last visit's pictures are in one place only, so no other is tried.
  const { kind, why } = await openFiles(visit.values.files ? [visit.values.files] : ['opfs', 'indexeddb'], onTrouble)
  if (kind === 'memory') return goOnInMemory(why ?? 'blocked')
  const writer = new Writer(records, writerListener)
  const photos = writer.adopt(visit)
  const { networks } = visit
  const models = networks.map(({ model }) => model.key)
  if (visit.leftOut > 0) tellLeftOut(keepingTexts.leftOutTitle(visit.leftOut))
  else {
    tidyModels()
    tidyPictures(photos.map(({ hash }) => hash))
  }
  // Features can be computed again; only those of the network that was used last are likely to be wanted.
  tidyFeatures(models.at(0) ?? null).catch(() => undefined)
  if (visit.leftOut === 0) tidyTrainings(models).catch(() => undefined)
  const listed = new Set(networks.flatMap(({ headOrder }) => headOrder))
  const returning = returningOf(visit)
  if (returning) undecided = visit
  keeper = { records, writer }
  setState({ keeping: { kind, why: null, returning, networks } })
  if (visit.leftOut === 0) writer.deleteHeads(read.headIds.filter((id) => !listed.has(id))).catch(() => undefined)
  keepComputed()
}

/**
 * Writes what has changed. While the last visit is undecided nothing is written, until something new is begun beside
 * it.
 */
function keepUp(): void {
  if (!keeper) return
  const state = getState()
  if (undecided && !state.model && state.photos.length === 0 && state.labels.length === 0) return
  if (undecided) return takeIn(keeper.writer, undecided)
  keeper.writer.write(state)
  const { networks } = keeper.writer
  const { list } = networks
  if (list !== state.keeping.networks) setState(({ keeping }) => ({ keeping: { ...keeping, networks: list } }))
  const open = state.model?.kept?.key ?? null
  if (open === openKey) return
  const left = open !== null && openKey !== null ? networks.get(openKey) : null
  openKey = open
  if (left) tellLeft(left, goBack)
}

/** Adds the last visit's photos and labels to what was newly begun; its network stays among those kept. */
function takeIn(writer: Writer, visit: KeptVisit): void {
  undecided = null
  const kept = writer.adopt(visit)
  const { labels = [], options } = visit.values
  setState((now) => ({
    labels: [...new Set([...labels, ...now.labels])],
    photos: [...kept, ...now.photos],
    options: now.options === initialState.options ? (options ?? now.options) : now.options,
    keeping: { ...now.keeping, returning: null },
  }))
  if (kept.length > 0) tellTaken(kept.length, labels.length)
  const network = visit.networks.at(0)
  if (network) tellLeft(network, goBack)
}

/**
 * Writes a trained head to disk; await it before the head is shown. It never rejects: the user is told of a failure.
 */
export async function keepHead(head: StoredHead): Promise<void> {
  await keeper?.writer.keepHead(head).catch(() => undefined)
}

/** Deletes heads from disk that were written ahead, where the change they belong to did not happen. */
export function unkeepHeads(ids: readonly string[]): void {
  void keeper?.writer.deleteHeads(ids).catch(() => undefined)
}

/**
 * Lets what is put in the state next replace the last visit's photos, rather than be added to them; its networks stay.
 */
export function supersedeLastVisit(): void {
  if (keeper && undecided) keeper.writer.adopt(undecided)
  undecided = null
}

/** What is kept of the last visit, while it is undecided whether this one goes on with it. */
export const lastVisit = (): KeptVisit | null => undecided

/** Goes on with the last visit: `show` is given its photos in their order, and puts them in the state. */
export function takeUp(visit: KeptVisit, show: (photos: readonly Photo[]) => void): void {
  // Something was begun meanwhile, and they were added to it.
  if (!keeper || undecided !== visit) return
  undecided = null
  show(keeper.writer.adopt(visit))
}

/**
 * Brings a kept network back by `restore`, and gives whether all of it is back; where not, it stays as it is on disk
 * until something of it is changed.
 */
export async function bringBack(
  key: string,
  restore: (network: KeptNetwork, heads: readonly StoredHead[]) => Promise<boolean>,
): Promise<boolean> {
  const network = keeper?.writer.networks.get(key)
  if (!keeper || !network) return false
  const { records, writer } = keeper
  writer.networks.hold(key)
  let whole = false
  try {
    const { heads, leftOut } = storedHeads(await records.heads(network.headOrder))
    whole = (await restore(network, heads)) && leftOut === 0
    if (leftOut > 0) tellLeftOut(keepingTexts.headsLeftOutTitle(leftOut))
  } finally {
    writer.networks.release(getState(), whole)
    keepUp()
  }
  return whole
}

/** Deletes a kept network that is not open, with its files and heads. */
export async function deleteNetwork(key: string): Promise<void> {
  if (!keeper || getState().model?.kept?.key === key) return
  const network = keeper.writer.networks.get(key)
  // Its files first: on a full disk that makes the room.
  const forgotten = network ? forgetFilesOf(network.model) : Promise.resolve()
  await keeper.writer.deleteNetwork(key)
  void forgotten.then(tryAgain)
  const { list } = keeper.writer.networks
  setState(({ keeping }) => ({ keeping: { ...keeping, networks: list } }))
}

/** Deletes all that is kept while `reset` empties the state; what comes after is kept again. */
export async function wipeKept(reset: () => void): Promise<void> {
  const before = keeper
  keeper = null
  undecided = null
  reset()
  await begun.promise
  // If keeping began only now, it has read the last visit.
  const last = getKeeper() ?? before
  keeper = null
  undecided = null
  const { kind } = getState().keeping
  // Another tab's work is not this one's to delete, and where nothing is kept there is nothing to.
  const records = last && (await wiped(last.records))
  if (!records) return setState(({ keeping }) => ({ keeping: { ...keeping, returning: null } }))
  keeper = { records, writer: new Writer(records, writerListener) }
  clearTrouble()
  setState({ keeping: { kind, why: null, returning: null, networks: [] } })
}

const getKeeper = (): Keeper | null => keeper

/** The records, empty, after all that is kept was deleted; null where that failed. */
async function wiped(records: Records): Promise<Records | null> {
  forgetView()
  try {
    await records.clear()
    await imageWorker().forgetPictures()
    await filesWorker().forget(null)
    return records
  } catch (error) {
    goOnInMemory(whyNotKept(error))
    return null
  }
}

const writerListener: WriterListener = {
  failed: (error) => onTrouble(whyNotKept(error)),
  dropped(networks) {
    for (const network of networks) {
      void forgetFilesOf(network.model)
      tellDropped(network, mostNetworks)
    }
  },
}

/** Called when something could not be written: what is on disk stays, and a notice stays until writing works again. */
function onTrouble(why: Trouble): void {
  if (!keeper) return
  keeper.writer.stop()
  if (why === 'newer') return goOnInMemory(why)
  if (why === 'lost') {
    recovering ??= recover(keeper).finally(() => {
      recovering = null
    })
    return
  }
  setState(({ keeping }) => ({ keeping: { ...keeping, why } }))
  tellTrouble(why, () => void tryAgain())
  clearTimeout(trying)
  trying = setTimeout(() => void tryAgain(), patience)
}

/** Writes what could not be written, if that is possible again. */
async function tryAgain(): Promise<void> {
  const now = keeper
  if (!now?.writer.stopped) return
  clearTimeout(trying)
  try {
    await imageWorker().flushFiles()
  } catch {
    trying = setTimeout(() => void tryAgain(), patience)
    return
  }
  if (!(await now.writer.retry())) {
    trying = setTimeout(() => void tryAgain(), patience)
    return
  }
  clearTrouble()
  setState(({ keeping }) => ({ keeping: { ...keeping, why: null } }))
  await helpers?.keepModel()
}

/** Opens the database again after it was closed under this page; if nothing is left in it, all is written anew. */
async function recover(now: Keeper): Promise<void> {
  try {
    const { kind } = getState().keeping
    const place = await openFiles([kind], onTrouble)
    if (place.kind === 'memory') return goOnInMemory(place.why ?? 'blocked')
    now.records = await Records.open(onTrouble)
    // What the compute worker had open was closed, too.
    keepComputed()
    const { values } = await now.records.read()
    if (values.size > 0) now.writer.reconnect(now.records)
    else await startAnew(now)
    await tryAgain()
  } catch (error) {
    goOnInMemory(whyNotKept(error))
  }
}

/** Writes all there is into an empty database, as after site data were cleared, and tells what is lost. */
async function startAnew({ records, writer }: Keeper): Promise<void> {
  const lost = await dropLostPhotos()
  undecided = null
  setState(({ model, keeping }) => ({
    model: model && { ...model, kept: null },
    keeping: { ...keeping, returning: null, networks: [] },
  }))
  writer.startAnew(records, getState(), helpers?.heads() ?? [])
  tellCleared(lost)
}

/** Keeps nothing for the rest of this visit, and tells why; what is on disk stays as it is. */
function goOnInMemory(why: Trouble): void {
  if (getState().keeping.why === why) return
  keeper = null
  openFiles(['memory'], () => undefined)
    .then(dropLostPhotos)
    .then((lost) => lost > 0 && tellLost(lost))
    .catch(() => undefined)
  setState(({ keeping }) => ({ keeping: { ...keeping, kind: 'memory', why, returning: null, networks: [] } }))
  tellTrouble(why, null)
}
