import { isDiskFull } from '../keeping/disk-full'
import { tidyFeatures } from '../keeping/features'
import { Records } from '../keeping/records'
import { keepingTexts } from '../texts/keeping'
import { listener } from '../workers/compute'
import { holdTab } from './keeping-tab'
import { returningOf, visitOf, type KeptHead, type KeptVisit } from './keeping-visit'
import { Writer } from './keeping-writer'
import { tell } from './notices'
import { askStartFresh } from './start-fresh'
import { getState, setState, useStore, type KeepingState, type Photo } from './state'
import { forgetView } from './view-memory'
import { tellCompute, tellImages, imageWorker } from './workers'

/** What writes, while this tab keeps what is done in it. */
interface Keeper {
  readonly records: Records
  readonly writer: Writer
}

let keeper: Keeper | null = null
/** The visit before this one, until it is decided whether this one goes on with it. */
let undecided: KeptVisit | null = null
const begun = Promise.withResolvers<null>()

/** Resolves to whether what is done here is kept, as soon as that is known. */
export const keeps = (): Promise<boolean> => begun.promise.then(() => keeper !== null)

/** Begins to keep what is done, and finds out what there is of the visit before. */
export async function startKeeping(): Promise<void> {
  useStore.subscribe(() => keepUp())
  try {
    if (await holdTab()) await startWriting()
    else goOnInMemory('other-tab')
  } catch {
    goOnInMemory('blocked')
  }
  begun.resolve(null)
}

async function startWriting(): Promise<void> {
  const records = await Records.open()
  const visit = visitOf(await records.read())
  // Where its pictures are, or nowhere: another place would not have them.
  const places = visit.values.files ? [visit.values.files] : (['opfs', 'indexeddb'] as const)
  const kind = await new Promise<KeepingState['kind']>((resolve, reject) => {
    tellImages((images) => {
      images.useFiles(places, listener(onFull)).then(resolve, reject)
    })
    imageWorker()
  })
  if (kind === 'memory') return goOnInMemory('blocked')
  const writer = new Writer(records, onFailed)
  const photos = writer.adopt(visit)
  const model = visit.values.model?.key ?? null
  imageWorker()
    .tidyFiles({ pictures: photos.map(({ hash }) => hash), model })
    .catch(() => undefined)
  tidyFeatures(model).catch(() => undefined)
  tellCompute((compute) => void compute.keepFeatures().catch(() => undefined))
  const returning = returningOf(visit)
  if (returning) undecided = visit
  keeper = { records, writer }
  setState({ keeping: { kind, why: null, returning } })
}

/** Writes what has changed; before it is decided what becomes of the last visit, only what forces a decision. */
function keepUp(): void {
  if (!keeper) return
  const state = getState()
  if (undecided && !state.model && state.photos.length === 0 && state.labels.length === 0) return
  if (undecided) takeIn(keeper.writer, undecided)
  else keeper.writer.write(state)
}

/** Something new was begun: the photos and labels of last time are taken in, and can be done away with. */
function takeIn(writer: Writer, visit: KeptVisit): void {
  undecided = null
  const kept = writer.adopt(visit)
  const { labels = [] } = visit.values
  setState((now) => ({
    labels: [...new Set([...labels, ...now.labels])],
    photos: [...kept, ...now.photos],
    keeping: { ...now.keeping, returning: null },
  }))
  if (kept.length === 0) return
  tell({
    kind: 'remark',
    title: keepingTexts.takenTitle(kept.length, labels.length),
    text: keepingTexts.takenText,
    action: { label: keepingTexts.startFresh, run: askStartFresh },
  })
}

/** Puts a trained head on disk; to be awaited before it is shown. Where that fails the user is told, and it goes on. */
export async function keepHead(head: KeptHead): Promise<void> {
  await keeper?.writer.keepHead(head).catch(() => undefined)
}

/** Takes heads off the disk that were kept and then did not come. */
export function unkeepHeads(ids: readonly string[]): void {
  void keeper?.writer.unkeepHeads(ids).catch(() => undefined)
}

/** What is put in the state next takes the place of the visit that is kept, which is not taken in. */
export function supersedeLastVisit(): void {
  if (keeper && undecided) keeper.writer.adopt(undecided)
  undecided = null
}

/**
 * Has `restore` bring back the visit that is kept, whose photos it is given in their order. Meanwhile nothing is written, and
 * what it did not bring back of the model stays on disk.
 */
export async function goOn(restore: (visit: KeptVisit, photos: readonly Photo[]) => Promise<void>): Promise<void> {
  if (!keeper) return
  const { records, writer } = keeper
  writer.pause()
  const visit = undecided ?? visitOf(await records.read())
  undecided = null
  try {
    await restore(visit, writer.adopt(visit))
  } catch (error) {
    const { model, photos, labels } = getState()
    // Nothing came back: it stays on disk, to be tried again, and nothing is written over it.
    if (!model && photos.length === 0 && labels.length === 0) undecided = visit
    throw error
  } finally {
    if (!undecided) writer.resume(getState())
  }
}

/** Deletes all that is kept while `reset` empties the state; what comes after is kept again. */
export async function wipeKept(reset: () => void): Promise<void> {
  keeper?.writer.pause()
  undecided = null
  reset()
  await begun.promise
  // Where keeping began only now, it has found the visit before.
  keeper?.writer.pause()
  undecided = null
  const { kind, why } = getState().keeping
  // Another tab's work is not this one's to delete, and where nothing is kept there is nothing to.
  const records = keeper || why === 'full' ? await wiped() : null
  if (!records) return setState(({ keeping }) => ({ keeping: { ...keeping, returning: null } }))
  keeper = { records, writer: new Writer(records, onFailed) }
  setState({ keeping: { kind, why: null, returning: null } })
}

/** The records, empty, after all that is kept was deleted; null where that failed. */
async function wiped(): Promise<Records | null> {
  forgetView()
  try {
    const records = keeper?.records ?? (await Records.open())
    await records.clear()
    await imageWorker().forgetFiles('')
    return records
  } catch (error) {
    onFailed(error)
    return null
  }
}

const onFull = (what: 'full'): void => goOnInMemory(what)

function onFailed(error: unknown): void {
  goOnInMemory(isDiskFull(error) ? 'full' : 'blocked')
}

/** Writes no more, and says why: what is kept stays as it is. */
function goOnInMemory(why: 'other-tab' | 'blocked' | 'full'): void {
  const { keeping } = getState()
  if (keeping.why !== null) return
  keeper = null
  if (why !== 'full') tellImages((images) => void images.useFiles(['memory'], listener(onFull)).catch(() => undefined))
  setState({ keeping: { kind: why === 'full' ? keeping.kind : 'memory', why, returning: null } })
  const [title, text] = {
    'other-tab': [keepingTexts.otherTabTitle, keepingTexts.otherTabText],
    blocked: [keepingTexts.blockedTitle, keepingTexts.blockedText],
    full: [keepingTexts.fullTitle, keepingTexts.fullText],
  }[why]
  tell({ kind: why === 'full' ? 'error' : 'remark', title, text, stays: true })
}
