/* global tf */
/*
  Runs the network in this folder on photos: model.json with its weights, and metadata.json, which says how photos are
  prepared and what the labels are. Everything happens in the browser; no photo leaves it.
*/

const byId = (id) => document.getElementById(id)
const say = (text) => (byId('state').textContent = text)

/** The network, how photos are prepared for it, and its labels; set once they are loaded. */
let network = null

async function load() {
  if (location.protocol === 'file:') throw new Error('Serve this folder and open its address; index.html says how.')
  if (!window.tf) throw new Error('TensorFlow.js could not be fetched; index.html says how to host it yourself.')
  const model = await tf.loadGraphModel('model.json')
  const metadata = await (await fetch('metadata.json')).json()
  // Some networks have inputs beside the photo; their values come along.
  const others = {}
  for (const [name, value] of Object.entries(metadata.otherInputs))
    others[name] = tf.tensor(value.data, value.shape, value.dtype)
  network = { ...metadata, model, others }
  // The first run is slow, since everything is prepared for it.
  await predict(document.createElement('canvas'), 300, 150)
}

/** Every label with its probability for a picture of that size in pixels, the most likely first. */
async function predict(picture, width, height) {
  const { model, labels, preprocessing, output, others } = network
  const [node] = preprocessing.input.split(':')
  const wanted = model.inputs.find(({ name }) => name.split(':')[0] === node)
  const probabilities = tf.tidy(() => {
    const input = toInput(toPixels(picture, width, height, preprocessing), preprocessing, wanted)
    return model.execute({ ...others, [wanted.name]: input }, output)
  })
  const values = await probabilities.data()
  probabilities.dispose()
  const said = labels.map((label, index) => ({ label, probability: values[index] }))
  return said.sort((a, b) => b.probability - a.probability)
}

/** Where the picture goes: the part of it that is used, and the part of the input that it fills. */
function place(width, height, { width: toWidth, height: toHeight, fit }) {
  const from = { x: 0, y: 0, width, height }
  const to = { x: 0, y: 0, width: toWidth, height: toHeight }
  const scales = [toWidth / width, toHeight / height]
  if (fit === 'crop') {
    const [w, h] = [toWidth, toHeight].map((side) => side / Math.max(...scales))
    Object.assign(from, { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h })
  } else if (fit === 'contain') {
    const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * Math.min(...scales))))
    Object.assign(to, { x: Math.floor((toWidth - w) / 2), y: Math.floor((toHeight - h) / 2), width: w, height: h })
  }
  return { from, to }
}

/** The picture in the size of the input: red, green and blue of each pixel, 0 to 255; bars are middle grey. */
function toPixels(picture, width, height, preprocessing) {
  const { from, to } = place(width, height, preprocessing)
  const rgba = read(picture, width, height)
  const columns = triangle(width, from.x, from.width, to.width)
  const rows = triangle(height, from.y, from.height, to.height)
  const narrow = new Float32Array(to.width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (const { first, weights } of columns) {
      for (let colour = 0, start = (y * width + first) * 4; colour < 3; colour++, at++)
        for (let tap = 0; tap < weights.length; tap++) narrow[at] += weights[tap] * rgba[start + tap * 4 + colour]
    }
  }
  const pixels = new Uint8ClampedArray(preprocessing.width * preprocessing.height * 3).fill(128)
  const row = to.width * 3
  rows.forEach(({ first, weights }, y) => {
    const start = ((to.y + y) * preprocessing.width + to.x) * 3
    for (let x = 0; x < row; x++) {
      let sum = 0
      for (let tap = 0; tap < weights.length; tap++) sum += weights[tap] * narrow[(first + tap) * row + x]
      pixels[start + x] = sum
    }
  })
  return pixels
}

/** For each new position, which old ones it is the weighted mean of: a triangle as wide as the picture shrinks. */
function triangle(length, from, extent, count) {
  const scale = extent / count
  const radius = Math.max(1, scale)
  return Array.from({ length: count }, (_, position) => {
    const centre = from + (position + 0.5) * scale
    const first = Math.max(0, Math.floor(centre - radius + 0.5))
    const last = Math.min(length, Math.floor(centre + radius + 0.5))
    const distance = (tap) => Math.abs(first + tap + 0.5 - centre)
    const weights = Array.from({ length: last - first }, (_, tap) => Math.max(0, 1 - distance(tap) / radius))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

/** The colours of a picture or of the camera's frame; what is see-through lies on white. */
function read(picture, width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  return context.getImageData(0, 0, width, height).data
}

/** How each colour's byte is scaled, by the range that the network was trained with; put in when the page is exported. */
const ranges = JSON.parse('RANGE_NUMBERS')

/** Pixels as the network's input wants them: grey or alpha, range, order of the colours, layout, type. */
function toInput(pixels, { width, height, range, order, channels = 3 }, { shape, dtype }) {
  const bytes = channels === 1 ? inGrey(pixels) : pixels
  const { divisor, mean, deviation } = ranges[range]
  let tensor = tf.tensor(Float32Array.from(bytes), [1, height, width, 3]).div(divisor).sub(mean).div(deviation)
  if (order === 'bgr') tensor = tensor.reverse(3)
  if (channels === 1) tensor = tensor.mul([0.299, 0.587, 0.114]).sum(3, true)
  if (channels === 4) {
    const opaque = divisor === 1 ? 255 : 1
    tensor = tensor.concat(tf.fill([1, height, width, 1], opaque), 3)
  }
  if (shape?.length === 4 && shape[3] !== channels && shape[1] === channels) tensor = tensor.transpose([0, 3, 1, 2])
  if (shape && shape.length < 4) tensor = tensor.reshape(shape.length === 3 ? [1, height, width] : [1, -1])
  return dtype === 'int32' ? tensor.round().toInt() : tensor
}

/** Each pixel's grey, three times over. */
function inGrey(pixels) {
  const grey = pixels.slice()
  for (let at = 0; at < pixels.length; at += 3) {
    grey.fill((pixels[at] * 19595 + pixels[at + 1] * 38470 + pixels[at + 2] * 7471 + 0x8000) >> 16, at, at + 3)
  }
  return grey
}

/** Bars for the ten most likely labels. */
function show(said) {
  byId('said').replaceChildren(
    ...said.slice(0, 10).map(({ label, probability }) => {
      const [row, name, share, bar] = ['li', 'span', 'span', 'i'].map((tag) => document.createElement(tag))
      name.textContent = label
      share.textContent = `${(probability * 100).toFixed(1)} %`
      bar.style.backgroundSize = `${probability * 100}% 100%`
      row.append(name, share, bar)
      return row
    }),
  )
}

async function tryPhoto(file) {
  if (!network || !file) return
  stopCamera()
  const photo = byId('photo')
  URL.revokeObjectURL(photo.src)
  photo.src = URL.createObjectURL(file)
  await photo.decode().catch(() => {
    throw new Error('This file is not a picture that the browser can read.')
  })
  photo.alt = file.name
  photo.hidden = false
  byId('hint').hidden = true
  const said = await predict(photo, photo.naturalWidth, photo.naturalHeight)
  show(said)
  say(`${file.name} looks like ${said[0].label}.`)
}

/** Counts how often the camera was turned on or off: a stream that comes after that changed is not wanted any more. */
let turns = 0

async function startCamera() {
  if (!navigator.mediaDevices) throw new Error('The camera needs an address with https, or localhost.')
  const turn = ++turns
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } })
  if (turn !== turns) return stream.getTracks().forEach((track) => track.stop())
  const video = byId('camera')
  video.srcObject = stream
  await video.play()
  byId('photo').hidden = byId('hint').hidden = true
  video.hidden = false
  byId('live').setAttribute('aria-pressed', 'true')
  say('Hold something before the camera.')
  while (video.srcObject === stream) {
    show(await predict(video, video.videoWidth, video.videoHeight))
    await new Promise(requestAnimationFrame)
  }
}

function stopCamera() {
  turns++
  const video = byId('camera')
  for (const track of video.srcObject?.getTracks() ?? []) track.stop()
  video.srcObject = null
  video.hidden = true
  byId('live').setAttribute('aria-pressed', 'false')
}

const withErrors = (work) => (event) => Promise.resolve(work(event)).catch((error) => say(error.message))
byId('choose').onclick = () => byId('file').click()
byId('file').onchange = withErrors(() => tryPhoto(byId('file').files[0]))
byId('live').onclick = withErrors(() => (byId('camera').srcObject ? stopCamera() : startCamera()))
document.onpaste = withErrors((event) => tryPhoto(event.clipboardData.files[0]))
document.ondragover = document.ondrop = (event) => event.preventDefault()
const drop = withErrors((event) => tryPhoto(event.dataTransfer.files[0]))
document.addEventListener('drop', drop)

load()
  .then(() => {
    byId('choose').disabled = byId('live').disabled = false
    say('Ready. Choose a photo.')
  })
  .catch((error) => say(error.message))
