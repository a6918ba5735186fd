/** Runs in the page, in Firefox: does what the test asks for, step by step, and tells what came of it. */
import type {} from '../../src/api'

/** How many workers the compute workers have started (see `e2e/support/firefox.ts`). */
let workers = 0
new BroadcastChannel('workers').onmessage = () => {
  workers += 1
}

const steps = {
  /** What the page has to compute with. */
  async look() {
    const { name, device } = await window.cutpoint.backend()
    return { isolated: crossOriginIsolated, backend: name, device, workers }
  },

  /** Waits until all files of the page are kept; gives whether the browser lets it keep them. */
  async keep() {
    if (!('serviceWorker' in navigator)) return false
    await navigator.serviceWorker.ready
    return true
  },

  /** The features of a small network of the fixtures at the cut that is suggested. */
  async features() {
    const { cutpoint } = window
    const { suggestedCut } = await cutpoint.open('network/narrow-head.pb')
    await cutpoint.setBackend('wasm')
    const shape = [2, 16, 16, 3]
    const data = Float32Array.from({ length: 2 * 16 * 16 * 3 }, (_, i) => Math.sin(0.37 * i))
    const fetches = suggestedCut === null ? [] : [suggestedCut]
    const found = await cutpoint.run({ 'image:0': { shape, dtype: 'float32', data } }, fetches)
    return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Array.from(value.data, Number)]))
  },

  /** A head on a few of the sample's pictures: how many held-out ones it names right, and what it says of one. */
  async train() {
    const { cutpoint } = window
    const { suggestedCut } = await cutpoint.open('models/efficientnet-lite0/model.json')
    await cutpoint.cut(suggestedCut ?? [])
    const { images } = (await (await fetch('samples/index.json')).json()) as {
      images: { file: string; label: string; part: 'train' | 'test' }[]
    }
    for (const label of ['animal', 'vehicle']) {
      for (const part of ['train', 'test'] as const) {
        const some = images.filter((image) => image.label === label && image.part === part).slice(0, 5)
        await cutpoint.addImages(
          label,
          some.map(({ file }) => `samples/${file}`),
          { part },
        )
      }
    }
    const { accuracy } = await cutpoint.train()
    const [{ file }] = images
    const said = await cutpoint.predict(`samples/${file}`)
    return { accuracy, said: said.map(({ label, probability }) => ({ label, probability })) }
  },
}

export type Steps = typeof steps

/** What the test asks for: a step, or to load the page again, if wished past the service worker. */
export type Asked = { step: keyof Steps } | { reload: 'usual' | 'forced' }

/** What came of a step; null from a page that has just been loaded. */
export type Answer = { value: unknown } | { error: string } | null

/** Tells what came of a step, and waits to be asked for the next. */
async function next(answer: Answer): Promise<Asked> {
  const response = await fetch('step', { method: 'POST', body: JSON.stringify(answer) })
  return (await response.json()) as Asked
}

async function answerTo(step: keyof Steps): Promise<Answer> {
  try {
    return { value: await steps[step]() }
  } catch (error) {
    return { error: String(error) }
  }
}

/** In Firefox, `reload` takes whether to go past what is kept. */
const place: { reload(forced: boolean): void } = location

await window.cutpoint.ready
let asked = await next(null)
while ('step' in asked) asked = await next(await answerTo(asked.step))
place.reload(asked.reload === 'forced')
