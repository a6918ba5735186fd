import { isDiskFull } from '../../keeping/disk-full'
import { tidyFeatures } from '../../keeping/features'
import { Records } from '../../keeping/records'
import { keepingTexts } from '../../texts/keeping'
import { listener } from '../../workers/compute'
import { tell } from '../notices'
import { askStartFresh } from '../start-fresh'
import { getState, initialState, setState, useStore, type KeepingState, type KeptNetwork, type Photo } from '../state'
import { forgetView } from '../view-memory'
import { imageWorker, tellCompute, tellImages } from '../workers'
import { forgetModelFiles } from './forget-files'
import { mostNetworks } from './kept-networks'
import { holdTab } from './tab'
import { returningOf, visitOf, type KeptHead, type KeptVisit } from './visit'
import { Writer, type WriterListener } from './writer'

/** What writes, while this tab keeps what is done in it. */
interface Keeper {
  readonly records: Records
  readonly writer: Writer
}

/** Opens a kept network again, as a click on what is told of it does. */
type GoBack = (key: string) => void

let keeper: Keeper | null = null
let goBack: GoBack = () => undefined
/** Key of the open network, to see when another takes its place. */
let openKey: string | null = null
/** The visit before this one, until it is decided whether this one goes on with it. */
let undecided: KeptVisit | null = null
const begun = Promise.withResolvers<null>()

/** Resolves to whether what is done here is kept, as soon as that is known. */
export const keeps = (): Promise<boolean> => begun.promise.then(() => keeper !== null)

/** Begins to keep what is done, and finds out what there is of the visit before; `back` opens a kept network again. */
export async function startKeeping(back: GoBack): Promise<void> {
  goBack = back
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
  const read = await records.read()
  const { headIds } = read
  const visit = visitOf(read)
  // Where its pictures are, or nowhere: another place would not have them.
  const places = visit.values.files ? [visit.values.files] : (['opfs', 'indexeddb'] as const)
  const kind = await new Promise<KeepingState['kind']>((resolve, reject) => {
    tellImages((images) => {
      images.useFiles(places, listener(onFull)).then(resolve, reject)
    })
    imageWorker()
  })
  if (kind === 'memory') return goOnInMemory('blocked')
  const writer = new Writer(records, writerListener)
  const photos = writer.adopt(visit)
  const { networks } = visit
  const models = networks.map(({ model }) => model.key)
  imageWorker()
    .tidyFiles({ pictures: photos.map(({ hash }) => hash), models })
    .catch(() => undefined)
  // Features can be computed again; only those of the network that was used last are likely to be wanted.
  tidyFeatures(models.at(0) ?? null).catch(() => undefined)
  const listed = new Set(networks.flatMap(({ headOrder }) => headOrder))
  writer.deleteHeads(headIds.filter((id) => !listed.has(id))).catch(() => undefined)
  tellCompute((compute) => void compute.keepFeatures().catch(() => undefined))
  const returning = returningOf(visit)
  if (returning) undecided = visit
  keeper = { records, writer }
  setState({ keeping: { kind, why: null, returning, networks } })
}

/** Writes what has changed; before it is decided what becomes of the last visit, only what forces a decision. */
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
  if (left) tellLeft(left)
}

/** Something new was begun: the photos and labels of last time are taken in, and its network stays among those kept. */
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
  if (kept.length > 0) {
    tell({
      kind: 'remark',
      title: keepingTexts.takenTitle(kept.length, labels.length),
      text: keepingTexts.takenText,
      action: { label: keepingTexts.startFresh, run: askStartFresh },
    })
  }
  tellLeft(visit.networks.at(0))
}

/** Says that a network is kept, of which there is something to go back to, after another one took its place. */
function tellLeft(network: KeptNetwork | undefined): void {
  if (!network || (network.headOrder.length === 0 && !network.cut)) return
  const { key, name } = network.model
  tell({
    kind: 'remark',
    title: keepingTexts.leftTitle(name, network.headOrder.length),
    text: keepingTexts.leftText,
    action: { label: keepingTexts.goBack, run: () => goBack(key) },
  })
}

/** Puts a trained head on disk; to be awaited before it is shown. Where that fails the user is told, and it goes on. */
export async function keepHead(head: KeptHead): Promise<void> {
  await keeper?.writer.keepHead(head).catch(() => undefined)
}

/** Takes heads off the disk that were kept and then did not come. */
export function unkeepHeads(ids: readonly string[]): void {
  void keeper?.writer.deleteHeads(ids).catch(() => undefined)
}

/** What is put in the state next takes the place of the photos that are kept, which are not taken in; networks stay. */
export function supersedeLastVisit(): void {
  if (keeper && undecided) keeper.writer.adopt(undecided)
  undecided = null
}

/** What was kept before this visit, while it is undecided what becomes of it. */
export const lastVisit = (): KeptVisit | null => undecided

/** Goes on with the visit that is kept: `show` puts its photos, which it is given in their order, in the state. */
export function takeUp(visit: KeptVisit, show: (photos: readonly Photo[]) => void): void {
  // Meanwhile something was begun, which has taken them in.
  if (!keeper || undecided !== visit) return
  undecided = null
  show(keeper.writer.adopt(visit))
}

/** Has `restore` bring a kept network back; what it did not bring back whole stays as it is on disk. Whether it did. */
export async function bringBack(
  key: string,
  restore: (network: KeptNetwork, heads: readonly KeptHead[]) => Promise<boolean>,
): Promise<boolean> {
  const network = keeper?.writer.networks.get(key)
  if (!keeper || !network) return false
  const { records, writer } = keeper
  writer.networks.hold(key)
  let whole = false
  try {
    whole = await restore(network, (await records.heads(network.headOrder)) as KeptHead[])
  } finally {
    writer.networks.release(getState(), whole)
    keepUp()
  }
  return whole
}

/** Deletes a kept network that is not open, with its files and heads. */
export async function deleteNetwork(key: string): Promise<void> {
  if (!keeper || getState().model?.kept?.key === key) return
  await keeper.writer.deleteNetwork(key)
  forgetModelFiles(key)
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
  // Where keeping began only now, it has found the visit before.
  const last = getKeeper() ?? before
  keeper = null
  undecided = null
  const { kind, why } = getState().keeping
  // Another tab's work is not this one's to delete, and where nothing is kept there is nothing to.
  const records = last || why === 'full' ? await wiped(last?.records ?? null) : null
  if (!records) return setState(({ keeping }) => ({ keeping: { ...keeping, returning: null } }))
  keeper = { records, writer: new Writer(records, writerListener) }
  setState({ keeping: { kind, why: null, returning: null, networks: [] } })
}

const getKeeper = (): Keeper | null => keeper

/** The records, empty, after all that is kept was deleted; null where that failed. */
async function wiped(open: Records | null): Promise<Records | null> {
  forgetView()
  try {
    const records = open ?? (await Records.open())
    await records.clear()
    await imageWorker().forgetFiles('')
    return records
  } catch (error) {
    onFailed(error)
    return null
  }
}

const writerListener: WriterListener = {
  failed: onFailed,
  dropped(networks) {
    for (const { model, headOrder } of networks) {
      forgetModelFiles(model.key)
      if (headOrder.length === 0) continue
      const title = keepingTexts.droppedTitle(model.name, headOrder.length)
      tell({ kind: 'remark', title, text: keepingTexts.droppedText(mostNetworks), stays: true })
    }
  },
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
  setState({ keeping: { ...keeping, kind: why === 'full' ? keeping.kind : 'memory', why, returning: null } })
  const [title, text] = {
    'other-tab': [keepingTexts.otherTabTitle, keepingTexts.otherTabText],
    blocked: [keepingTexts.blockedTitle, keepingTexts.blockedText],
    full: [keepingTexts.fullTitle, keepingTexts.fullText],
  }[why]
  tell({ kind: why === 'full' ? 'error' : 'remark', title, text, stays: true })
}
