// These run in pages, and so refer to nothing outside themselves. Photos come as { label, part, url }.

/** Teachable Machine's library on TensorFlow.js 1.3.1: features, then its head with its page's settings, then the test photos. */
export async function teachableMachine({ photos, labels, head }) {
  const { tf, tmImage } = window
  const model = await tmImage.createTeachable(
    { tfjsVersion: tf.version.tfjs, labels: [] },
    { checkpointUrl: 'trunk/model.json', trainingLayer: 'out_relu' },
  )
  model.setLabels([...labels])
  // As the page of the library does: the middle square, drawn at the trunk's size.
  const square = async (url) => {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob())
    const side = Math.min(bitmap.width, bitmap.height)
    const canvas = Object.assign(document.createElement('canvas'), { width: 224, height: 224 })
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2]
    canvas.getContext('2d').drawImage(bitmap, left, top, side, side, 0, 0, 224, 224)
    return canvas
  }
  const began = performance.now()
  for (const { label, url } of photos.filter(({ part }) => part !== 'test')) {
    await model.addExample(labels.indexOf(label), await square(url))
  }
  const featured = performance.now()
  await model.train({ denseUnits: head.hidden, epochs: head.epochs, learningRate: head.rate, batchSize: head.batch })
  const trained = performance.now()
  const test = photos.filter(({ part }) => part === 'test')
  let right = 0
  for (const { label, url } of test) {
    const [first] = (await model.predict(await square(url))).sort((a, b) => b.probability - a.probability)
    if (first.className === label) right++
  }
  return {
    backend: tf.getBackend(),
    features: featured - began,
    head: trained - featured,
    accuracy: right / test.length,
  }
}

/** Cutpoint on the same photos: the zip is in the field `#given`. */
export async function cutpointJob({ photos, kinds }) {
  const { cutpoint } = window
  const { backend } = { backend: (await cutpoint.backend()).name }
  await cutpoint.open([...document.getElementById('given').files])
  const pooled = (await cutpoint.tensors()).findLast(
    ({ canCut, shape }) => canCut && shape?.length === 2 && shape[1] === 1280,
  )
  await cutpoint.cut(pooled.name)
  const split = { train: 1, validation: 0, test: 0 }
  const add = async (part) => {
    for (const label of new Set(photos.map((photo) => photo.label))) {
      const some = photos.filter((photo) => photo.label === label && photo.part === part)
      const { added } = await cutpoint.addImages(
        label,
        await Promise.all(some.map(({ url }) => fetch(url).then((got) => got.blob()))),
        { part },
      )
      if (added !== some.length) throw new Error(`${added} of ${some.length} photos were taken`)
    }
  }
  // The photos that are evaluated on come after the timing, as they do for the peer.
  const began = performance.now()
  for (const part of ['train', 'validation']) await add(part)
  const intake = performance.now() - began
  const runs = []
  for (const head of kinds) {
    const { features, decodeMs, fit } = await cutpoint.train({ head, split })
    runs.push({ decodeMs, features, fit: fit.ms })
  }
  await add('test')
  for (const [index, head] of kinds.entries()) {
    const { accuracy } = await cutpoint.train({ head, split })
    runs[index].accuracy = accuracy.test
  }
  return { backend, cut: pooled.name, intake, runs }
}

/** Its features of one input, by which all are known to compute the same network. */
export async function cutpointFeatures({ cut, count }) {
  const { cutpoint } = window
  const data = Float32Array.from({ length: count }, (_, i) => ((((i * 2654435761) % 2 ** 32) >>> 16) % 256) / 127.5 - 1)
  const [input] = (await cutpoint.tensors()).filter(({ op }) => op === 'Placeholder')
  const results = await cutpoint.run({ [input.name]: { shape: [1, 224, 224, 3], dtype: 'float32', data } }, [cut])
  return Array.from(results[cut].data)
}

/** TensorFlow.js' own layers on wasm, the trunk as it was saved: features of one input, milliseconds of each run. */
export async function tfjsLayers({ count, repeats }) {
  const { tf } = window
  tf.wasm.setWasmPaths('tfjs-4/')
  await tf.setBackend('wasm')
  const model = await tf.loadLayersModel('trunk/model.json')
  const data = Float32Array.from({ length: count }, (_, i) => ((((i * 2654435761) % 2 ** 32) >>> 16) % 256) / 127.5 - 1)
  const once = async () => {
    const pooled = tf.tidy(() => model.predict(tf.tensor4d(data, [1, 224, 224, 3])).mean([1, 2]))
    const features = await pooled.data()
    pooled.dispose()
    return features
  }
  const features = await once()
  const ms = []
  for (let i = 0; i < repeats; i++) {
    const began = performance.now()
    await once()
    ms.push(performance.now() - began)
  }
  return { features: Array.from(features), ms, threads: tf.wasm.getThreadsCount() }
}

/** LiteRT.js on wasm: the same. */
export async function litert({ count, repeats, threads }) {
  const { loadLiteRt, loadAndCompile, Tensor } = await import('./litert/index.js')
  await loadLiteRt('litert/wasm/', { threads: threads > 1 })
  const model = await loadAndCompile('trunk.tflite', { accelerator: 'wasm', cpuOptions: { numThreads: threads } })
  const data = Float32Array.from({ length: count }, (_, i) => ((((i * 2654435761) % 2 ** 32) >>> 16) % 256) / 127.5 - 1)
  const once = async () => {
    const input = new Tensor(data, [1, 224, 224, 3])
    const [output] = await model.run([input])
    const features = (await output.data()).slice()
    input.delete()
    output.delete()
    return features
  }
  const features = await once()
  const ms = []
  for (let i = 0; i < repeats; i++) {
    const began = performance.now()
    await once()
    ms.push(performance.now() - began)
  }
  return { features: Array.from(features), ms }
}
