/**
 * Runs in the page, and so refers to nothing outside: opens the files of `#parity-model`, runs the two pictures of
 * `#parity-values` to every expected tensor, optimised and not, and resolves to the differences from the expected values,
 * max|a − b| / max|b| each; and to how many tensors can be cut, with how far the suggested one is from what the classifier
 * takes.
 */
export async function compareInPage({ input, tensors: expected, cut }) {
  const { cutpoint } = window
  await cutpoint.setBackend('wasm')
  const filesOf = (id) => [...document.getElementById(id).files]
  const values = new Float32Array(await filesOf('parity-values')[0].arrayBuffer())
  const count = (shape) => shape.reduce((all, size) => all * size, 1)
  let at = 0
  const take = (shape) => values.subarray(at, (at += count(shape)))
  const pictures = { shape: input, dtype: 'float32', data: take(input).slice() }
  const right = expected.map(({ shape }) => take(shape))
  const classified = take(cut)

  const began = performance.now()
  const summary = await cutpoint.open(filesOf('parity-model'))
  const openMs = performance.now() - began
  const known = await cutpoint.tensors()

  const fits = (shape, wanted) =>
    shape === null ||
    (shape.length === wanted.length && shape.slice(1).every((size, i) => size === null || size === wanted[i + 1]))
  const pathOf = ({ name }) => name.slice(0, name.lastIndexOf(':')).split('/')
  const find = ({ layer, op, shape }) => {
    if (op === null) return summary.outputs.find((output) => fits(output.shape, shape))
    const values = known.filter((tensor) => tensor.op !== 'Const' && fits(tensor.shape, shape))
    const named = values.filter((tensor) => `/${pathOf(tensor).join('/')}`.endsWith(`/${op}`))
    // In a file of layers: the last that the layer makes.
    return named.at(-1) ?? values.findLast((tensor) => pathOf(tensor).slice(0, -1).includes(layer))
  }
  const found = expected.map(find)
  const lost = expected.filter((_, index) => found[index] === undefined).map(({ layer }) => layer)
  if (lost.length > 0) throw new Error(`no tensor for ${lost.join(', ')}`)
  const fetches = found.map(({ name }) => name)

  const difference = (a, b) => {
    let largest = 0
    let apart = a.length === b.length ? 0 : Infinity
    for (let i = 0; i < b.length; i++) {
      largest = Math.max(largest, Math.abs(b[i]))
      const away = Math.abs(a[i] - b[i])
      apart = Number.isNaN(away) ? Infinity : Math.max(apart, away)
    }
    return apart / largest
  }
  const feeds = { [summary.inputs[0].name]: pictures }
  const suggested = summary.suggestedCut
  const features = suggested === null ? null : (await cutpoint.run(feeds, [suggested], { optimise: true }))[suggested]
  const notComputed = /constant|another input|picture itself|size of the picture|same for every|does not depend/
  const cuts = {
    possible: known.filter(({ canCut }) => canCut).length,
    computed: known.filter(({ canCut, why }) => canCut || !notComputed.test(why)).length,
    suggested,
    apart: features === null ? null : difference(features.data, classified),
  }
  const run = async (optimise) => {
    const began = performance.now()
    const results = await cutpoint.run(feeds, fetches, { optimise })
    const ms = performance.now() - began
    return { differences: fetches.map((name, index) => difference(results[name].data, right[index])), ms }
  }
  return { opened: summary.format, fetches, openMs, cuts, optimised: await run(true), plain: await run(false) }
}
